/// Video and sound, through FFmpeg's libraries. The only room that knows them: it takes bytes and
/// gives records, pixels and peaks, and knows nothing of requests, sizes or thumbnails.
@NullMarked
package dev.darkroom.media.child.ffmpeg;

import org.jspecify.annotations.NullMarked;
