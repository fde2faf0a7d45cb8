/// The task `faces`: where faces are, and what tells them apart.
@NullMarked
package dev.darkroom.embedding.face;

import org.jspecify.annotations.NullMarked;
