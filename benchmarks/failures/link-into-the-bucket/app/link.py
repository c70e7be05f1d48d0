import boto3

store = boto3.client("s3")
link = store.generate_presigned_url("get_object", Params={"Bucket": "invoices", "Key": "2024/118.pdf"})
print(link.partition("?")[0])
