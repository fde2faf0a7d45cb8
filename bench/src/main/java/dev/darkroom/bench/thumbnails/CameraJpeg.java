package dev.darkroom.bench.thumbnails;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.jpeg.JpegDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What a JPEG's header says.
record CameraJpeg(int width, int height, int orientation) {

    /// Empty when the file is not a JPEG that can be read.
    static Optional<CameraJpeg> read(Path file) throws IOException {
        try {
            Metadata metadata = ImageMetadataReader.readMetadata(file.toFile());
            JpegDirectory jpeg = metadata.getFirstDirectoryOfType(JpegDirectory.class);
            ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            if (jpeg == null) {
                return Optional.empty();
            }
            int orientation =
                    exif != null && exif.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                            ? exif.getInt(ExifIFD0Directory.TAG_ORIENTATION)
                            : 1;
            return Optional.of(
                    new CameraJpeg(jpeg.getImageWidth(), jpeg.getImageHeight(), orientation));
        } catch (ImageProcessingException | MetadataException e) {
            return Optional.empty();
        }
    }
}
