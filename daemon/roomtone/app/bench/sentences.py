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
            "Stockholm is the capital of Sweden, and it is built on fourteen islands where the "
            "lake meets the sea.",
        ),
        (
            "why is the sky blue",
            "Air scatters blue light more than red light. So the sky looks blue in every "
            "direction away from the sun.",
        ),
        (
            "who painted the starry night",
            "Vincent van Gogh painted it in 1889. He looked from his window at Saint Remy before "
            "sunrise.",
        ),
        (
            "how far away is the moon",
            "The Moon is about 384,000 kilometers away. Light needs a little more than one second "
            "for that.",
        ),
        (
            "how many hearts does an octopus have",
            "An octopus has three hearts. Two of them serve the gills, and one serves the rest of "
            "the body.",
        ),
        (
            "why do cats purr",
            "Cats purr when they are content, and also to calm themselves. It may even help them "
            "to heal.",
        ),
        (
            "who wrote moby dick",
            "Herman Melville wrote it, and it was published in 1851. Few people read it while he "
            "lived.",
        ),
        (
            "how do airplanes fly",
            "The wings push air down, and the air pushes the plane up. The engines only keep it "
            "moving.",
        ),
        (
            "what is the fastest animal",
            "The peregrine falcon is the fastest in a dive. On land nothing beats the cheetah.",
        ),
        (
            "how old is the universe",
            "The universe is about 13.8 billion years old. That is three times the age of the "
            "Earth.",
        ),
        (
            "why do leaves change color",
            "In autumn the green breaks down, and the yellow and red that were always there can "
            "be seen.",
        ),
        (
            "where is machu picchu",
            "It is in Peru, high in the Andes. The Inca built it about six hundred years ago.",
        ),
        (
            "what is a prime number",
            "It is a whole number above one that only one and itself divide. Seven is one, and "
            "nine is not.",
        ),
        (
            "why is the ocean salty",
            "Rivers wash salts out of rock into the sea. They stay there when the water "
            "evaporates.",
        ),
        (
            "who was ada lovelace",
            "She wrote what is often called the first computer program, in 1843, for a machine "
            "that was never built.",
        ),
        (
            "how much sleep do i need",
            "Most adults need seven to nine hours. If you wake up rested, it was enough.",
        ),
        (
            "what is the largest ocean",
            "The Pacific is the largest ocean. It is wider than all the land on Earth together.",
        ),
        (
            "how does a rainbow form",
            "Sunlight is bent and split into colors inside raindrops. You see it with the sun "
            "behind you.",
        ),
        (
            "how tall is the eiffel tower",
            "It is 330 meters tall. On a hot day it grows by some centimeters.",
        ),
        (
            "how fast is sound",
            "Sound travels at about 343 meters per second in air, and four times as fast in water.",
        ),
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
