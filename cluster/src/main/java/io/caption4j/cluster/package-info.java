/** Jobs for Apache Spark: features, captions, scores and training on many machines. */
package io.caption4j.cluster;
