/// Where originals and derivatives live. The whole surface is [BlobStore]; [FolderBlobStore] keeps
/// blobs as files in one folder, and every implementation passes the same contract test.
@NullMarked
package dev.darkroom.storage;

import org.jspecify.annotations.NullMarked;
