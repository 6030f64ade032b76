"""How many faults ``check`` finds in briefings, and how often it objects to what is true.

Each directory of ``articles`` has an article, a sound briefing of it, faults to put into that
briefing one at a time, and true statements to add to it one at a time. All of it is fiction. The
checks are written without looking at these files, so the shares are those of faults unseen.
"""
