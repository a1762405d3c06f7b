/// Writes the network as an ONNX model, for runtimes that know nothing of Segue.
///
/// Start at [dev.segue.engine.onnx.OnnxModel]. ONNX files are one message in the encoding of
/// Protocol Buffers, of which [dev.segue.engine.onnx.ProtoMessage] writes the three field types
/// that are needed, so that no library has to come along.
@NullMarked
package dev.segue.engine.onnx;

import org.jspecify.annotations.NullMarked;
