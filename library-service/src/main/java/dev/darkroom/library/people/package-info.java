/// People and their faces over HTTP: who is there, and what a person says about them.
@NullMarked
package dev.darkroom.library.people;

import org.jspecify.annotations.NullMarked;
