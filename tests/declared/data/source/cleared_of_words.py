# No word of a reader here: only the statements are followed.
import first  #= import first


def f():
    if x:
        from second import y  #= import second
    elif z:
        try:
            pass
        finally:
            import third  #= import third
    match x:
        case 1:
            import fourth  #= import fourth
    return lambda: None
