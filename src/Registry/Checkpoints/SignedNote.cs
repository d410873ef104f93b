using System.Text;
using Governance.Registry.Keys;

namespace Governance.Registry.Checkpoints;

/// <summary>A signature line of a note.</summary>
/// <param name="Name">The key's name: no white space, no plus.</param>
/// <param name="Bytes">Four bytes that name the key, then the signature.</param>
public readonly record struct NoteSignature(string Name, byte[] Bytes)
{
    /// <summary>The line, with its end.</summary>
    public override string ToString() => $"\u2014 {Name} {Convert.ToBase64String(Bytes)}\n";
}

/// <summary>Text signed by one or more keys. Source: C2SP signed-note, with ECDSA keys (type 0x02).</summary>
/// <param name="Text">What is signed; ends with a line's end.</param>
/// <param name="Signatures">At least one.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The longest note that is read, in characters, and the most signatures: C2SP asks for 16 at least.</summary>
    public const int MaxLength = 1 << 16, MaxSignatures = 64;

    private const string Dash = "\u2014 ";

    /// <summary>Signs a text.</summary>
    /// <param name="text">Ends with a line's end.</param>
    /// <param name="name">Whose keys these are.</param>
    /// <param name="keys">Every key that is here signs.</param>
    public static SignedNote Sign(string text, string name, SigningKeys keys)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(keys);
        if (!text.EndsWith('\n') || !IsName(name))
        {
            throw new ArgumentException("The text of a note ends with a line's end, and a key's name has no space and no plus.");
        }

        return new SignedNote(text,
        [
            .. keys.SignWithAll(Encoding.UTF8.GetBytes(text)).Select(each =>
                new NoteSignature(name, [.. each.Key.NoteId, .. each.Signature.Bytes])),
        ]);
    }

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">It is none; one sentence.</exception>
    public static SignedNote Parse(string note)
    {
        ArgumentNullException.ThrowIfNull(note);
        int cut = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (note.Length > MaxLength || cut < 1 || cut + 3 > note.Length || !note.EndsWith('\n') || note.Any(c => c is < ' ' and not '\n' or '\uFFFD' || char.IsSurrogate(c)))
        {
            throw new FormatException("It is no signed note: a text, an empty line and signature lines.");
        }

        string[] lines = note[(cut + 2)..^1].Split('\n');
        return lines.Length > MaxSignatures
            ? throw new FormatException($"The note has more than {MaxSignatures} signatures.")
            : new SignedNote(note[..(cut + 1)], [.. lines.Select(ReadLine)]);
    }

    /// <summary>Reads the signature lines that a witness answers with.</summary>
    /// <exception cref="FormatException">A line is none.</exception>
    public static IReadOnlyList<NoteSignature> ReadLines(string lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.EndsWith('\n') && lines.Length <= MaxLength
            ? [.. lines[..^1].Split('\n').Select(ReadLine)]
            : throw new FormatException("Signature lines end with a line's end.");
    }

    /// <summary>Which of the keys have signed. Signatures of others are passed over.</summary>
    /// <param name="name">Whose keys they are.</param>
    /// <param name="keys">The keys that are trusted.</param>
    /// <returns>The keys; null where a signature that names one of them is not its own: such a note is refused as a whole.</returns>
    public IReadOnlyList<InstallationKey>? Signers(string name, IEnumerable<InstallationKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        byte[] message = Encoding.UTF8.GetBytes(Text);
        List<InstallationKey> signers = [];
        foreach (InstallationKey key in keys)
        {
            foreach (NoteSignature line in Signatures.Where(line => line.Name == name
                && line.Bytes.AsSpan(0, InstallationKey.NoteIdLength).SequenceEqual(key.NoteId)))
            {
                if (!key.Verify(message, line.Bytes.AsSpan(InstallationKey.NoteIdLength)))
                {
                    return null;
                }

                signers.Add(key);
            }
        }

        return signers;
    }

    /// <summary>The note as text.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures);

    private static NoteSignature ReadLine(string line)
    {
        string[] parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        return parts is [string name, string base64] && IsName(name) && ReadBase64(base64) is { Length: > InstallationKey.NoteIdLength } bytes
            ? new NoteSignature(name, bytes)
            : throw new FormatException("A signature line of the note is none.");
    }

    /// <summary>Bytes of strict base64: no white space, no spare bits; null where it is not.</summary>
    internal static byte[]? ReadBase64(string text)
    {
        byte[] buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out int length) && Convert.ToBase64String(buffer, 0, length) == text
            ? buffer[..length]
            : null;
    }

    private static bool IsName(string? name) =>
        !string.IsNullOrEmpty(name) && !name.Contains('+') && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
