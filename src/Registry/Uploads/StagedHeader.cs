using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Uploads;

/// <summary>The beginning of a staged file: its own key, wrapped, and what is uploaded, sealed with it.</summary>
/// <remarks>
/// <para>Integers are big-endian. Offset, length, content:</para>
/// <code>
///   0   8  magic "GOVUPL1\n"
///   8   8  name of the key-encryption key
///  16  12  nonce of the wrapped data key
///  28  32  data key, AES-256-GCM under the key-encryption key
///  60  16  tag of the wrapped data key
///  76   4  length m of the manifest
///  80  12  nonce of the manifest
///  92   m  manifest (JSON of <see cref="Upload"/>), AES-256-GCM under the data key
///  92+m 16 tag of the manifest
/// 108+m    frames: see <see cref="StagedFrames"/>
/// </code>
/// <para>Both seals are bound to the magic and the upload's id, so a file does not open under another's name.</para>
/// </remarks>
internal sealed class StagedHeader
{
    private const int FixedLength = 92;
    private const int MostManifest = 8 << 10;

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private StagedHeader(Upload upload, byte[] dataKey, long length)
    {
        Upload = upload;
        DataKey = dataKey;
        Length = length;
    }

    private static ReadOnlySpan<byte> Magic => "GOVUPL1\n"u8;

    /// <summary>What is uploaded.</summary>
    public Upload Upload { get; }

    /// <summary>32 bytes; the caller zeroes them.</summary>
    public byte[] DataKey { get; }

    /// <summary>Where the frames begin, in bytes.</summary>
    public long Length { get; }

    /// <summary>The header of a new upload, with a new key.</summary>
    public static byte[] Write(Upload upload, KeyRing keys)
    {
        byte[] manifest = JsonSerializer.SerializeToUtf8Bytes(new Manifest(
            upload.Owner.Value, upload.Kind, upload.FileName, upload.Length, upload.Model, upload.BegunAt, upload.Path), Json);
        byte[] bytes = new byte[FixedLength + manifest.Length + ArtifactHeader.TagLength];
        Span<byte> span = bytes;
        Magic.CopyTo(span);
        keys.ActiveId.CopyTo(span[8..]);
        RandomNumberGenerator.Fill(span.Slice(16, ArtifactHeader.NonceLength));
        BinaryPrimitives.WriteInt32BigEndian(span[76..], manifest.Length);
        RandomNumberGenerator.Fill(span.Slice(80, ArtifactHeader.NonceLength));
        byte[] dataKey = RandomNumberGenerator.GetBytes(ArtifactHeader.DataKeyLength);
        try
        {
            keys.Wrap(
                dataKey, span.Slice(16, ArtifactHeader.NonceLength), span.Slice(28, ArtifactHeader.DataKeyLength),
                span.Slice(60, ArtifactHeader.TagLength), BoundOf(upload.Id));
            using AesGcm cipher = new(dataKey, ArtifactHeader.TagLength);
            cipher.Encrypt(
                span.Slice(80, ArtifactHeader.NonceLength), manifest, span.Slice(FixedLength, manifest.Length),
                span[(FixedLength + manifest.Length)..], BoundOf(upload.Id));
            return bytes;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>Reads the header of a file; null where it is none of ours, torn, another upload's, or its key is gone.</summary>
    public static StagedHeader? Read(Stream file, UploadId id, KeyRing keys)
    {
        byte[] head = new byte[FixedLength];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().StartsWith(Magic)
            || BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(76)) is not (> 0 and <= MostManifest and int length))
        {
            return null;
        }

        byte[] sealedManifest = new byte[length + ArtifactHeader.TagLength];
        if (file.ReadAtLeast(sealedManifest, sealedManifest.Length, throwOnEndOfStream: false) < sealedManifest.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> span = head;
        try
        {
            byte[] dataKey = keys.Unwrap(
                span.Slice(8, KeyRing.IdLength), span.Slice(16, ArtifactHeader.NonceLength),
                span.Slice(28, ArtifactHeader.DataKeyLength), span.Slice(60, ArtifactHeader.TagLength), BoundOf(id));
            byte[] plain = new byte[length];
            using AesGcm cipher = new(dataKey, ArtifactHeader.TagLength);
            cipher.Decrypt(
                span.Slice(80, ArtifactHeader.NonceLength), sealedManifest.AsSpan(0, length),
                sealedManifest.AsSpan(length), plain, BoundOf(id));
            Manifest manifest = JsonSerializer.Deserialize<Manifest>(plain, Json)!;
            return new StagedHeader(
                new Upload(
                    id, new UserId(manifest.Owner), manifest.Kind, manifest.FileName, manifest.Length, manifest.Model,
                    manifest.BegunAt)
                {
                    Path = manifest.Path,
                },
                dataKey, FixedLength + length + ArtifactHeader.TagLength);
        }
        catch (Exception fault) when (fault is AuthenticationTagMismatchException or ArtifactKeyException)
        {
            return null; // without its key an upload is of no use to anyone: it expires
        }
    }

    private static byte[] BoundOf(UploadId id) => [.. Magic, .. id.Value.ToByteArray(bigEndian: true)];

    private sealed record Manifest(
        Guid Owner, UploadKind Kind, string FileName, long Length, string? Model, DateTimeOffset BegunAt, string? Path = null);
}
