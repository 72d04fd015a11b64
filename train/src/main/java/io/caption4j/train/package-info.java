/** Training phases, checkpoints, and the report. */
package io.caption4j.train;
