"""What is said to it in a benchmark, and what a good answer is: made here, nobody's words."""

from __future__ import annotations

from typing import NamedTuple


class Spoken(NamedTuple):
    """One thing said to the device, lower case, numbers as words."""

    text: str
    answer: str
    """What is said back where the words of models are forced."""
    command: bool
    """Whether a skill answers it, so that no language model is asked."""


QUESTIONS = tuple(
    Spoken(text, answer, command=False)
    for text, answer in (
        (
            "what is the capital of sweden",
            "Stockholm is the capital of Sweden. It lies on fourteen islands.",
        ),
        (
            "why is the sky blue",
            "Air scatters blue light more than red. So blue comes from everywhere.",
        ),
        (
            "who painted the starry night",
            "Vincent van Gogh painted it, in 1889. It shows his own window.",
        ),
        (
            "how far away is the moon",
            "About 384,000 kilometers. Light takes a little over a second.",
        ),
        (
            "how many hearts does an octopus have",
            "An octopus has three hearts. Two of them serve the gills.",
        ),
        ("why do cats purr", "Cats purr when they are content. They also do it to calm down."),
        ("who wrote moby dick", "Herman Melville wrote it. It was published in 1851."),
        ("how do airplanes fly", "The wings push air down. The air pushes the plane up."),
        (
            "what is the fastest animal",
            "It is the peregrine falcon, in a dive. On land it is the cheetah.",
        ),
        ("how old is the universe", "About 13.8 billion years. The Earth is a third of that."),
        (
            "why do leaves change color",
            "The green breaks down in autumn. Then yellow and red can be seen.",
        ),
        ("where is machu picchu", "It is in Peru, high in the Andes. The Inca built it."),
        ("what is a prime number", "A whole number that only one and itself divide. Seven is one."),
        ("why is the ocean salty", "Rivers wash salt out of the rocks. The sea keeps it."),
        ("who was ada lovelace", "She wrote the first computer program. That was in 1843."),
        ("how much sleep do i need", "Most adults need seven to nine hours. Children need more."),
        (
            "what is the largest ocean",
            "The Pacific is the largest ocean. It covers a third of the Earth.",
        ),
        (
            "how does a rainbow form",
            "Raindrops split sunlight into colors. The sun must be behind you.",
        ),
        ("how tall is the eiffel tower", "It is 330 meters tall. On hot days it grows a little."),
        ("how fast is sound", "About 343 meters per second in air. In water it is faster."),
    )
)

COMMANDS = tuple(
    Spoken(text, answer, command=True)
    for text, answer in (
        ("what time is it", "It is twenty five past four."),
        ("set a timer for ninety minutes", "90 minutes, starting now."),
        ("what is seven times eight", "That is 56."),
        ("what is nine times twelve", "That is 108."),
        ("what day is it today", "It is Thursday, the 26th of November."),
        ("how much time is left on my timer", "There is no timer running."),
        ("flip a coin", "It is heads."),
        ("what is twelve plus thirty", "That is 42."),
        ("what timers are running", "You have one timer of 90 minutes."),
        ("roll a die", "It is a four."),
    )
)
"""Each in the words that its skill knows."""

DICTATED = (
    "add milk and bread to the shopping list",
    "and of spain",
    "cancel the pizza timer",
    "good night",
    "how many planets are there",
    "is it going to rain tomorrow",
    "play some music in the living room",
    "remind me to call the doctor at noon",
    "set a timer for fifty minutes",
    "stop",
    "tell me a joke",
    "turn off all the lights in the kitchen",
    "turn the volume up",
    "what can you do",
    "what is the capital of japan",
    "what is the weather like in london",
    "what is your name",
    "who was the first person on the moon",
    "will you repeat that",
    "when was the second world war",
)
"""More that is only read, not answered."""
