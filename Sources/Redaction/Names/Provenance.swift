// Where the lists of names in this folder come from. Joined, cut to the commonest and sorted on 2026-11-27.
//
//  - US Census Bureau, name files of the 1990 census, as shipped by PyPI `names` 0.3.0: in the public domain.
//  - PyPI `Faker` 40.63.0, `faker/providers/person/*`, the locales in Latin script: MIT licence, below.
//  - PyPI `indian-names` 0.3: 3-clause BSD licence, below.
//
//  - SCOWL as in Debian's `scowl` 2020.12.07, words up to size 40 and proper nouns up to size 60 that are no name of the
//    lists above: licence below. They are in `OrdinaryWords+Table.swift`, which `scripts/ordinary-words.py` makes.
//
// Letters with marks stand also without them. A name is called ambiguous that is a word in Debian's `wamerican`
// 2020.12.07, a country or large city, a month, or the name of a bank or a firm that banks speak of.
//
// Faker:
//
//     Copyright (c) 2012 Daniele Faraglia
//
//     Permission is hereby granted, free of charge, to any person obtaining a copy
//     of this software and associated documentation files (the "Software"), to deal
//     in the Software without restriction, including without limitation the rights
//     to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
//     copies of the Software, and to permit persons to whom the Software is
//     furnished to do so, subject to the following conditions:
//
//     The above copyright notice and this permission notice shall be included in
//     all copies or substantial portions of the Software.
//
//     THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
//     IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
//     FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
//     AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
//     LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
//     OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
//     THE SOFTWARE.
//
// indian-names:
//
//     BSD 3-Clause License
//
//     Copyright (c) 2021, Shraddha Kishan Tripathi
//     All rights reserved.
//
//     Redistribution and use in source and binary forms, with or without
//     modification, are permitted provided that the following conditions are met:
//
//     1. Redistributions of source code must retain the above copyright notice, this
//        list of conditions and the following disclaimer.
//
//     2. Redistributions in binary form must reproduce the above copyright notice,
//        this list of conditions and the following disclaimer in the documentation
//        and/or other materials provided with the distribution.
//
//     3. Neither the name of the copyright holder nor the names of its
//        contributors may be used to endorse or promote products derived from
//        this software without specific prior written permission.
//
//     THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
//     AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
//     IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
//     DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
//     FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
//     DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
//     SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
//     CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
//     OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
//     OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
//
// SCOWL:
//
//     Copyright 2000-2018 by Kevin Atkinson
//
//     Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output created
//     from the scripts, and its documentation for any purpose is hereby granted without fee, provided that the above
//     copyright notice appears in all copies and that both that copyright notice and this permission notice appear in
//     supporting documentation. Kevin Atkinson makes no representations about the suitability of this array for any
//     purpose. It is provided "as is" without express or implied warranty.
