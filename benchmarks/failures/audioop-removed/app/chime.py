from pydub.generators import Sine

tone = Sine(440).to_audio_segment(duration=50)
print("a chime of", len(tone), "ms")
