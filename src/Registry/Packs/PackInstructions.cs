namespace Governance.Registry.Packs;

/// <summary>What a pack says to whoever opens it.</summary>
internal static class PackInstructions
{
    /// <summary>The text of its README.txt.</summary>
    public const string Text = """
        EVIDENCE PACK

        What this is: everything that one version of a model was decided on, with the proof that it stands in the ledger of the
        installation that made it. No database and no network is needed to verify it.

        Verify it on your machine, with the public key that you were given by another way than this file:

            governance verify PACK.zip --key PUBLIC-KEY.pem
            governance verify PACK.zip --key PUBLIC-KEY.pem --checkpoint KEPT.note

        The second line also proves that the ledger was not rewritten since a checkpoint that you kept. Exit code 0: it holds.
        Exit code 1: it does not, and the sentence says what was changed. A key inside this file proves nothing by itself.

        What is in it
            manifest.json, manifest.note   every other file with its SHA-256, and the installation's signature over it
            checkpoint.note                the signed root of the ledger (C2SP tlog-checkpoint, ECDSA P-256)
            keys/                          public keys, those of the past too
            leaves/, proofs/               ledger entries of the version and the proof of each (C2SP tlog-proof)
            facts/                         the rows that these entries name, as their digests were computed
            decisions/                     what each decision covered, as it was signed, and its signature
            evidence/                      findings documents and run records; NAME is the SHA-256 that the facts name
            documents/                     for reading: what was written from the evidence, as the person who took the pack may see it

        A file evidence/NAME.masked.json stands for a document of which the person who took the pack does not see every row: it
        is not the sealed document, and its SHA-256 is another one. What was sealed is named in facts/ all the same.

        By hand: SHA-256 of (byte 0, then the bytes of leaves/N.json) is the leaf's hash; with the hashes of
        proofs/N.tlog-proof it leads to the root in checkpoint.note (RFC 9162, section 2.1.3.2). SHA-256 of facts/N.json is the
        member "after" of leaves/N.json.

        """;
}
