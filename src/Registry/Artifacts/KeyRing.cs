using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Governance.Registry.Artifacts;

/// <summary>
/// The key-encryption keys (KEK) that wrap the key of each artefact: the first wraps, all unwrap. They come from the
/// environment variable <c>GOVERNANCE_KEK</c> or from a file that only its owner may read.
/// </summary>
/// <remarks>
/// Form, in the file one a line, in the variable separated by commas: <c>kek1:</c> and 32 bytes in base64. Kept apart
/// from the data folder, so that a copy of the data alone opens nothing.
/// </remarks>
public sealed class KeyRing
{
    /// <summary>The environment variable that goes before the file.</summary>
    public const string Variable = "GOVERNANCE_KEK";

    /// <summary>How many bytes name a key in a file's header.</summary>
    internal const int IdLength = 8;

    private const string Prefix = "kek1:";
    private const int KeyLength = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly IReadOnlyList<byte[]> keys;

    private KeyRing(IReadOnlyList<byte[]> keys) => this.keys = keys;

    /// <summary>Reads keys from text.</summary>
    /// <exception cref="ArtifactKeyException">The text holds no key, or something else than keys.</exception>
    public static KeyRing Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<byte[]> keys = [];
        foreach (string part in text.Split([',', '\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] key = new byte[KeyLength];
            if (!part.StartsWith(Prefix, StringComparison.Ordinal)
                || !Base64.IsValid(part.AsSpan(Prefix.Length), out int length) || length != KeyLength
                || !Convert.TryFromBase64String(part[Prefix.Length..], key, out _))
            {
                throw new ArtifactKeyException($"A key-encryption key is '{Prefix}' and 32 bytes in base64.");
            }

            keys.Add(key);
        }

        return keys.Count == 0 ? throw new ArtifactKeyException("There is no key-encryption key in the given text.") : new KeyRing(keys);
    }

    /// <summary>Reads the key file, or makes it with a new key where there is none.</summary>
    /// <param name="path">Outside the data folder.</param>
    /// <param name="mayCreate">False where artefacts exist already: a new key could open none of them.</param>
    /// <exception cref="ArtifactKeyException">The file is missing and may not be made, or others may read it.</exception>
    public static KeyRing Load(string path, bool mayCreate)
    {
        if (!File.Exists(path))
        {
            if (!mayCreate)
            {
                throw new ArtifactKeyException(
                    $"The key file '{path}' is missing, but artefacts were stored with it. Restore it, or set {Variable}.");
            }

            Create(path);
        }

        UnixFileMode others = File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return others == UnixFileMode.None
            ? Parse(File.ReadAllText(path))
            : throw new ArtifactKeyException($"Others may use the key file '{path}'. Run chmod 600 on it.");
    }

    /// <summary>A new key in the form of the file, without a line's end.</summary>
    public static string NewKey() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>The names of the keys as headers bear them, 16 hexadecimal digits each; the one that wraps first.</summary>
    public IReadOnlyList<string> Names => [.. keys.Select(key => Convert.ToHexStringLower(IdOf(key)))];

    /// <summary>The keys in the form of the file, one a line, in their order, without those that are to go.</summary>
    internal string ToText(IEnumerable<string> without) => string.Concat(keys
        .Where(key => !without.Contains(Convert.ToHexStringLower(IdOf(key)))).Select(key => $"{Prefix}{Convert.ToBase64String(key)}\n"));

    /// <summary>The name of the key that wraps, as in headers.</summary>
    internal byte[] ActiveId => IdOf(keys[0]);

    /// <summary>Wraps a data key with the active key: nonce, ciphertext and tag are the caller's spans.</summary>
    internal void Wrap(
        ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> nonce, Span<byte> wrapped, Span<byte> tag, ReadOnlySpan<byte> bound)
    {
        using AesGcm cipher = new(keys[0], ArtifactHeader.TagLength);
        cipher.Encrypt(nonce, dataKey, wrapped, tag, bound);
    }

    /// <summary>Unwraps a data key with the key that the header names.</summary>
    /// <exception cref="ArtifactKeyException">No key of that name is here.</exception>
    /// <exception cref="AuthenticationTagMismatchException">The header was changed.</exception>
    internal byte[] Unwrap(
        ReadOnlySpan<byte> id, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> tag,
        ReadOnlySpan<byte> bound)
    {
        foreach (byte[] key in keys)
        {
            if (id.SequenceEqual(IdOf(key)))
            {
                using AesGcm cipher = new(key, ArtifactHeader.TagLength);
                byte[] dataKey = new byte[KeyLength];
                cipher.Decrypt(nonce, wrapped, tag, dataKey, bound);
                return dataKey;
            }
        }

        throw new ArtifactKeyException(
            $"The artefact was stored with key {Convert.ToHexStringLower(id)}, which is not among the keys given.");
    }

    // A key's name must not help to guess it: a hash of 256 random bits does not.
    private static byte[] IdOf(byte[] key) => SHA256.HashData([.. "governance/kek-id/1"u8, .. key])[..IdLength];

    /// <summary>Replaces the key file, whole or not at all.</summary>
    internal static void Replace(string path, string text)
    {
        string temporary = $"{path}.{Guid.CreateVersion7():n}.part";
        try
        {
            WriteText(temporary, text);
            File.Move(temporary, path, overwrite: true);
            DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void WriteText(string path, string text)
    {
        using FileStream file = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private static void Create(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        string temporary = $"{path}.{Guid.CreateVersion7():n}.part";
        WriteText(temporary, NewKey() + "\n");

        try
        {
            File.Move(temporary, path, overwrite: false);
            DurableFolder.Flush(folder);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // another process was first: its key counts
        }
    }
}
