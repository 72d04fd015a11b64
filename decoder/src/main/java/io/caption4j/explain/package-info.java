/** Pictures of where a decoder with attention looked while it said a caption. */
package io.caption4j.explain;
