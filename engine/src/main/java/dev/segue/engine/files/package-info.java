/// Files of a model directory: tensors, manifest, and the replacement of a directory in one step.
///
/// [dev.segue.engine.files.SafetensorsWriter] and [dev.segue.engine.files.SafetensorsReader] handle
/// tensors, [dev.segue.engine.files.Manifest] the check sums,
/// [dev.segue.engine.files.DirectoryReplacement] the move into place. Every error is an
/// [java.io.IOException] whose message says in a few words what is wrong; callers add which file.
@NullMarked
package dev.segue.engine.files;

import org.jspecify.annotations.NullMarked;
