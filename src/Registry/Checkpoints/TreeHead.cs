using System.Globalization;
using Governance.Registry.Ledger;

namespace Governance.Registry.Checkpoints;

/// <summary>What a checkpoint says: the size and the root of a log. Source: C2SP tlog-checkpoint.</summary>
/// <param name="Origin">Which log: the name of its keys as well.</param>
/// <param name="Size">How many leaves.</param>
/// <param name="Root">The root over them, 32 bytes.</param>
public sealed record TreeHead(string Origin, long Size, byte[] Root)
{
    /// <summary>The text that is signed: three lines.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>Reads the text of a note.</summary>
    /// <param name="text">At least three lines, none empty; lines behind the third are passed over.</param>
    /// <exception cref="FormatException">It is no checkpoint.</exception>
    public static TreeHead Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.Split('\n');
        return lines.Length >= 4 && lines[^1].Length == 0 && lines[..^1].All(line => line.Length > 0)
            && ReadSize(lines[1]) is long size && SignedNote.ReadBase64(lines[2]) is { Length: MerkleTree.HashLength } root
            ? new TreeHead(lines[0], size, root)
            : throw new FormatException("It is no checkpoint: origin, size and root, a line each.");
    }

    /// <summary>A size as it is written: decimal digits without leading zeros; null where it is not.</summary>
    internal static long? ReadSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
        && size.ToString(CultureInfo.InvariantCulture) == text ? size : null;
}
