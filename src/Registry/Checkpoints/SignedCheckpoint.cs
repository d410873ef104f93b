using Governance.Registry.Keys;

namespace Governance.Registry.Checkpoints;

/// <summary>What the installation signed about its ledger at a moment.</summary>
/// <param name="Size">How many entries it covers.</param>
/// <param name="Root">The Merkle root over them, 32 bytes.</param>
/// <param name="At">When it was sealed, UTC, to the microsecond. Not signed: the entries' own times are.</param>
/// <param name="Note">The signed note, C2SP tlog-checkpoint, as copies keep it.</param>
public sealed record SignedCheckpoint(long Size, byte[] Root, DateTimeOffset At, string Note)
{
    /// <summary>Root as 64 lower-case hexadecimal digits.</summary>
    public string RootHex => Convert.ToHexStringLower(Root);

    /// <summary>What a note says, if it is a checkpoint that at least one of the keys has signed.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="keys">The keys that are trusted; their name is the checkpoint's own origin.</param>
    /// <param name="head">What it says.</param>
    /// <returns>Why it is not believed, in a sentence; null where it is.</returns>
    public static string? FaultOf(string note, IEnumerable<InstallationKey> keys, out TreeHead? head)
    {
        head = null;
        try
        {
            SignedNote parsed = SignedNote.Parse(note);
            TreeHead said = TreeHead.Parse(parsed.Text);
            switch (parsed.Signers(said.Origin, keys))
            {
                case null:
                    return $"The signature of the checkpoint over {said.Size} entries is not its key's.";
                case []:
                    return $"The checkpoint over {said.Size} entries is not signed by a trusted key.";
                default:
                    head = said;
                    return null;
            }
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Every note in a file that copies were appended to.</summary>
    /// <param name="text">Notes, one behind another.</param>
    /// <returns>The notes, in their order.</returns>
    /// <remarks>
    /// A note ends with its signature lines; whatever follows them begins the next one. A last one that was cut short, as a
    /// power cut leaves it, is given back as well: it is no note, and whoever reads it says so.
    /// </remarks>
    public static IEnumerable<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int begun = 0;
        bool signed = false;
        for (int at = 0; at < text.Length;)
        {
            bool signature = text.AsSpan(at).StartsWith("\u2014 ", StringComparison.Ordinal);
            if (signed && !signature)
            {
                yield return text[begun..at];
                begun = at;
            }

            signed = signature;
            int end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        if (begun < text.Length)
        {
            yield return text[begun..];
        }
    }
}
