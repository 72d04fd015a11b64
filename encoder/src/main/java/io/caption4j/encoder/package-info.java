/** Pretrained CNNs, their preprocessing, and the feature cache. */
package io.caption4j.encoder;
