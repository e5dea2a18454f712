#!/bin/bash
# Make the voice from nothing but Debian packages. Takes about 1.5 hours on one processor core.
# Run it in a Python environment of your choice.
#   apt-get install flite flite1-dev espeak-ng gcc libc6-dev fortunes bible-kjv wamerican-small
#   pip install torch piper-tts onnx onnxruntime numpy scipy soundfile pocketsphinx pyyaml
set -euo pipefail
cd "$(dirname "$0")"
minutes=${1:-75} threads=${2:-1} sentences=${3:-6500} short=${4:-1500}
mkdir -p build
cc -O2 -I/usr/include/flite -o build/flite_params flite_params.c \
    -lflite_cmu_us_slt -lflite_usenglish -lflite_cmulex -lflite -lm
python corpus.py build/corpus.txt "$sentences" eval_sentences.txt
python corpus.py build/short.txt "$short" --short
python prepare.py build/corpus.txt build/flite_params build/data.npz
python prepare.py build/short.txt build/flite_params build/short.npz
python train.py build/data.npz,build/short.npz build/voice.pt --minutes "$minutes" --threads "$threads"
python export.py build/voice.pt build/voice.onnx
python check.py build/voice.onnx
python evaluate.py build/voice.onnx
echo "build/voice.onnx and build/voice.onnx.json belong in models/starter/voice"
