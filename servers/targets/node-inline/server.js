// The mistake: the event loop does the work. The endpoint, the counter and the limit are those of
// ../node, but while this computes, no other request is read.

import { serve } from '../node/endpoint.js';
import { checksum } from '../node/work.js';

serve('node-inline', (units, done) => done(checksum(units)));
