/// ONNX Runtime, bounded: who runs, how long, and what is given back.
@NullMarked
package dev.darkroom.inference.runtime;

import org.jspecify.annotations.NullMarked;
