"""The words around passwords and answers: what leads to one, and what is said of one rather than said as one."""

from __future__ import annotations

from typing import Final

# What is said of a password rather than said as one.
SAID_OF_IT: Final = frozenset({
    "middle", "maiden", "verbal", "everywhere", "lol", "haha", "lmao", "done", "sorted", "handled", "raised",
    "meant", "held", "made", "found", "shown", "told", "left", "seen", "built", "worn", "thought", "slow", "quick",
    "fast", "boring", "annoying", "silly", "strange", "odd", "similar", "identical", "clear", "hers", "personal",
    "nonsense", "a", "about", "accepted", "after", "again", "all", "almost", "alphanumeric", "already", "alright",
    "also", "although", "always", "an", "and", "and/or", "another", "any", "anything", "apparently", "as", "asked",
    "at", "available", "back", "be", "because", "been", "before", "being", "between", "blank", "blocked", "both",
    "broken", "but", "by", "caller", "can", "cancelled", "cannot", "case", "changed", "checked", "cleared",
    "complete", "complex", "compromised", "confidential", "confirmed", "correct", "customer", "declined", "default",
    "definitely", "did", "different", "disabled", "does", "down", "due", "during", "easy", "either", "emailed",
    "empty", "enough", "entered", "everything", "exactly", "expired", "expires", "expiring", "failed", "fine",
    "for", "forgot", "forgotten", "from", "full", "getting", "given", "going", "gone", "good", "guessable", "had",
    "hard", "has", "have", "he", "her", "here", "hidden", "his", "how", "however", "i", "if", "ignored",
    "impossible", "in", "incomplete", "incorrect", "into", "invalid", "is", "it", "it's", "its", "just", "known",
    "leaked", "least", "less", "likely", "locked", "long", "longer", "lost", "mailed", "mandatory", "masked",
    "matched", "maximum", "maybe", "mine", "minimum", "missed", "missing", "more", "my", "n/a", "na", "needed",
    "neither", "never", "nil", "no", "nobody", "none", "not", "noted", "nothing", "now", "of", "off", "ok", "okay",
    "old", "on", "only", "onto", "or", "out", "outdated", "over", "part", "pending", "perhaps", "please",
    "possible", "private", "probably", "protected", "provided", "quite", "random", "ready", "really", "recorded",
    "refused", "rejected", "replaced", "required", "resent", "reset", "reset's", "restored", "right", "safe",
    "same", "saved", "secret", "secure", "sensitive", "sent", "set", "shared", "she", "short", "shorter", "simple",
    "since", "so", "something", "still", "stolen", "stored", "strong", "stronger", "taken", "tba", "tbc", "than",
    "that", "the", "their", "theirs", "there", "therefore", "they", "this", "though", "to", "too", "tricky",
    "twice", "two", "unable", "unavailable", "unchanged", "unclear", "undefined", "under", "unique", "unknown",
    "unlikely", "unlocked", "unsafe", "unsupported", "until", "up", "updated", "used", "useful", "useless", "using",
    "valid", "verified", "very", "viewable", "visible", "was", "we", "weak", "weird", "what", "whatever", "when",
    "where", "which", "while", "who", "why", "will", "with", "without", "working", "written", "wrong", "yes", "yet",
    "you", "your", "yours",
})  # fmt: skip
# What else may follow the name of a password, or of an answer, at the end of a sentence.
OUTCOMES: Final = frozenset({
    "mother", "father", "mum", "mom", "pet", "name", "answer", "word", "question", "protection", "trouble", "query",
    "queries", "concerns", "access", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "yes", "no", "yep", "nope", "ok", "okay", "pretty", "very", "good", "bad", "great", "hello", "hi",
    "accepted", "account", "accounts", "advice", "again", "app", "attempt", "attempts", "back", "box", "boxes",
    "change", "changes", "confirmed", "declined", "differed", "differs", "done", "earlier", "either", "email",
    "emails", "error", "errors", "expiration", "expiry", "fails", "field", "fields", "form", "game", "generator",
    "help", "herself", "himself", "hint", "hints", "instead", "instructions", "issue", "issues", "later", "length",
    "link", "login", "mail", "manager", "match", "matched", "matches", "mismatch", "noted", "nothing", "offline",
    "online", "only", "option", "options", "over", "page", "passed", "pending", "policy", "portal", "problem",
    "problems", "process", "prompt", "provided", "questions", "recovery", "reminder", "request", "reset", "resets",
    "rules", "screen", "security", "site", "skipped", "solved", "strength", "support", "system", "taken", "text",
    "thanks", "themselves", "thx", "tips", "today", "tomorrow", "tool", "update", "updates", "verbally",
    "verification", "verified", "website", "working", "works", "yesterday",
})  # fmt: skip
# What follows "set as" without being the password.
AS_TOLD: Final = frozenset({
    "above", "advised", "agreed", "asked", "before", "below", "described", "directed", "discussed", "follows", "he",
    "i", "instructed", "it", "needed", "normal", "part", "per", "planned", "promised", "requested", "required",
    "she", "soon", "they", "told", "usual", "we", "well", "you",
})  # fmt: skip
# What follows "from" where a password was changed, other than the old password.
NOT_CHANGED_FROM: Final = frozenset({
    "here", "there", "home", "work", "time", "day", "one", "start", "scratch", "abroad", "remote", "today", "side",
    "mobile", "desktop", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "the", "a",
    "an", "her", "his", "their", "my", "our", "your", "app", "phone", "branch",
})  # fmt: skip
# What stands between a name and the password itself.
IS: Final = frozenset({
    "it's", "its", "that's", "is", "was", "are", "ist", "war", "es", "est", "\u00e9", "reads", "=", ":", ">",
    "\u2192", "being", "be",
})  # fmt: skip
# Who gives a password, in words between its name and the password.
WHO: Final = frozenset({
    "she", "he", "they", "i", "we", "you", "it", "cust", "customer", "cx", "caller", "user", "client", "that",
    "which", "who",
})  # fmt: skip
GIVING: Final = frozenset({
    "replied", "responded", "repeated", "given", "gave", "give", "gives", "giving", "told", "tells", "said", "says",
    "say", "set", "used", "use", "uses", "using", "provided", "chosen", "chose", "sent", "read", "has", "had",
    "wants", "wanted", "keeps", "kept", "trying", "tried", "typed", "entered", "quoted", "me", "us", "her", "him",
    "them", "confirmed", "recorded", "noted", "answered", "answer", "answers", "called", "named", "shared",
    "created", "picked", "put", "stated", "mentioned", "supplied", "texted", "emailed", "issued", "generated",
    "spelled", "spelt", "did", "printed", "shown",
})  # fmt: skip
BY_THE_WAY: Final = frozenset({
    "both",
    "could", "may", "might", "called", "named", "now", "still", "actually", "currently", "just", "simply", "always",
    "again", "out", "over", "also", "then", "new", "the", "a", "an", "one", "phone", "verbally", "will", "should",
    "would", "shall", "must", "can", "temporarily", "please",
})  # fmt: skip
CHANGING: Final = frozenset({
    "sets", "setting", "changed", "change", "changes", "reset", "resets", "set", "updated", "amended", "switched",
    "changing", "updating", "resetting",
})  # fmt: skip
# What may stand directly before a name.
WHOSE: Final = frozenset({
    "the", "a", "an", "her", "his", "their", "my", "our", "your", "this", "that", "new", "old", "temporary", "temp",
    "current", "portal", "account", "wifi", "wi-fi", "online", "customer's", "cust's", "caller's", "cx", "app",
    "default", "initial", "own", "voice", "verbal", "telephone", "security", "email", "e-mail",
})  # fmt: skip
# After these words, a plain word after the name is the password.
TELLING: Final = frozenset({
    "has", "have", "had", "tried", "tries", "uname", "un", "id", "uid", "passed", "verified", "authenticated",
    "confirmed", "answered", "quoted", "shouted", "spelled", "gave", "told", "sent", "read", "give", "tell",
    "gives", "tells", "use", "uses", "using", "used", "giving", "telling", "enter", "entered", "typed", "login",
    "log", "logs", "user", "username", "userid",
})  # fmt: skip
# Where these words are, "the answer" is that to a security question.
SECURITY_TALK: Final = frozenset({
    "security", "sec", "pet", "sq", "maiden", "memorable", "school", "challenge", "verification", "dpa",
})  # fmt: skip
# What people say when they are asked for a password, other than the password.
NO_ANSWER: Final = frozenset({
    "absolutely", "actually", "alphabet", "angry", "annoyed", "anybody", "anymore", "anyone", "anything", "anyway",
    "around", "away", "awful", "bank", "best", "better", "bonkers", "bother", "bye", "call", "calls", "capitals",
    "caps", "card", "certain", "charge", "clearly", "confused", "cool", "crazy", "daughter", "day", "days", "delay",
    "dunno", "email", "ever", "every", "everyone", "everywhere", "family", "fault", "first", "forever",
    "frustrated", "goodbye", "google", "hacked", "hang", "happy", "history", "home", "honestly", "hopefully",
    "hours", "husband", "idk", "immediately", "just", "kids", "laptop", "last", "letter", "letters", "like",
    "little", "locks", "long", "lots", "loud", "lower", "lowercase", "luckily", "mad", "many", "memory", "message",
    "minutes", "mistake", "money", "month", "months", "morning", "much", "nah", "names", "next", "night", "normal",
    "nowhere", "number", "numbers", "obvious", "often", "once", "one", "online", "order", "other", "others", "own",
    "paper", "partner", "password", "people", "perfect", "phone", "pin", "please", "post", "postcode", "pressure",
    "privacy", "public", "quickly", "refund", "ridiculous", "rubbish", "rude", "sad", "same", "scam", "second",
    "several", "shame", "sign", "slowly", "somebody", "someone", "sometimes", "somewhere", "son", "soon", "sorry",
    "spaces", "straight", "stupid", "sure", "suspicious", "symbols", "tablet", "terrible", "thank", "that", "them",
    "these", "things", "think", "third", "those", "three", "time", "times", "tired", "tonight", "tried", "true",
    "trust", "try", "twice", "understood", "unfair", "upper", "uppercase", "upset", "urgent", "useful", "wait",
    "week", "weeks", "whatsapp", "whichever", "whoever", "wife", "words", "worried", "yeah", "year", "years", "yup",
})  # fmt: skip
