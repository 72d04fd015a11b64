/** Objects in pictures: a detector's boxes, and the names of what a picture shows. */
package io.caption4j.encoder.detect;
