// Writes out the licences of everything that a VSIX carries and that is not ours.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { shippedPackages } from './shippedPackages.mjs';
import { root } from './vscode.mjs';

/** Packages that name their licence and carry no text of it: by licence, the text that the licence itself gives. */
const licenceTexts = {
  MIT: (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  // @bufbuild/protobuf: its own under Apache, parts of Google's Protocol Buffers under BSD.
  '(Apache-2.0 AND BSD-3-Clause)': (holder) => `${apacheLicence()}

Copyright ${holder}

Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions and the following
disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following
disclaimer in the documentation and/or other materials provided with the distribution.

3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products
derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`,
  ISC: (holder) => `ISC License

Copyright (c) ${holder}

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`,
};

/** The text of the Apache licence, from a package that is under it. */
function apacheLicence() {
  return fs.readFileSync(path.join(root, 'node_modules/typescript/LICENSE.txt'), 'utf8').trim();
}

/** Copyright holders that the manifests of these packages do not name. */
const holders = {
  '@bufbuild/protobuf': '2021-2026 Buf Technologies, Inc., and 2008 Google Inc.',
  'onnxruntime-node': 'Microsoft Corporation',
  'onnxruntime-web': 'Microsoft Corporation',
  'onnxruntime-common': 'Microsoft Corporation',
  saxes: 'Louis-Dominique Dubeau, and for sax, which it derives from, Isaac Z. Schlueter and contributors',
};

function noticeOf({ folder, name, version, licence, author }) {
  const file = fs.readdirSync(path.join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file
    ? fs.readFileSync(path.join(root, folder, file), 'utf8').trim()
    : licenceTexts[licence]?.(holders[name] ?? author ?? `the authors of ${name}`);
  if (!licence || !text) throw new Error(`${name} ${version} states no licence that can be shipped.`);
  return `${name} ${version} (${licence})\n\n${text}`;
}

/**
 * @param bundles Those whose packages are named. Default: those of a VSIX.
 * @param carrier The subject of the first sentence.
 * @returns the text of THIRD_PARTY_NOTICES.txt. @throws when a package states no licence.
 */
export function thirdPartyNotices(bundles = undefined, carrier = 'This extension') {
  const line = '-'.repeat(100);
  const notices = shippedPackages(bundles).map(noticeOf);
  return `${carrier} carries the following software.\n\n${line}\n${notices.join(`\n\n${line}\n`)}\n`;
}
