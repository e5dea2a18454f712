# Included by the build of llama-cpp-python: leaves out llama.cpp's tools library, a third of the
# compile time, which the Python package neither loads nor lets one switch off.
set(LLAMA_BUILD_COMMON OFF)
