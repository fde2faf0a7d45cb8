/// PostgreSQL's log as its replication protocol and its plugin pgoutput give it.
@NullMarked
package dev.darkroom.sync.cdc.log;

import org.jspecify.annotations.NullMarked;
