/** LSTM decoders, the search for captions, the model file, and the captioner. */
package io.caption4j.decoder;
