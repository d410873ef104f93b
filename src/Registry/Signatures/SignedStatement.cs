using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;

namespace Governance.Registry.Signatures;

/// <summary>A file that a statement speaks of.</summary>
/// <param name="Path">Its name for the publisher.</param>
/// <param name="Sha256">Its digest.</param>
public sealed record SignedSubject(string Path, ArtifactDigest Sha256);

/// <summary>A detached signature as it was read; nothing of it is verified yet.</summary>
/// <remarks>
/// A sigstore bundle (v0.1 to v0.3) with a DSSE envelope over an in-toto statement, as OpenSSF model signing 1.0 writes
/// it: the files are the predicate's resources, and the statement's one subject is the digest over their digests. The
/// form of release 0.2, in which the files themselves are the subjects, is read too.
/// </remarks>
public sealed class SignedStatement
{
    /// <summary>The largest signature file, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    internal const string PayloadType = "application/vnd.in-toto+json";
    internal const string StatementType = "https://in-toto.io/Statement/v1";
    internal const string PredicateType = "https://model_signing/signature/v1.0";
    internal const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private const string OldPredicateType = "https://model_signing/Digests/v0.1";
    private const int MostSubjects = 10_000;

    private readonly byte[] signedBytes;
    private readonly byte[] signature;

    private SignedStatement(byte[] signedBytes, byte[] signature, string? hint, IReadOnlyList<SignedSubject> subjects)
    {
        this.signedBytes = signedBytes;
        this.signature = signature;
        Hint = hint;
        Subjects = subjects;
    }

    /// <summary>The fingerprint of the key that the signature says it was made with; null where it says nothing.</summary>
    public string? Hint { get; }

    /// <summary>The files it speaks of.</summary>
    public IReadOnlyList<SignedSubject> Subjects { get; }

    /// <summary>Reads a signature file.</summary>
    /// <exception cref="FormatException">It is none that can be used; one sentence says why.</exception>
    public static SignedStatement Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > MostBytes)
        {
            throw new FormatException($"A signature file has at most {MostBytes:N0} bytes.");
        }

        using JsonDocument bundle = Parse(file, "The signature file");
        JsonElement root = bundle.RootElement;
        if (Text(root, "mediaType") is not string type
            || !type.StartsWith("application/vnd.dev.sigstore.bundle", StringComparison.Ordinal))
        {
            throw new FormatException("The signature file is no sigstore bundle.");
        }

        JsonElement envelope = Find(root, "dsseEnvelope") ?? throw new FormatException(
            "The signature file holds no DSSE envelope; signatures over bare digests are not used for models.");
        if (Text(envelope, "payloadType") != PayloadType)
        {
            throw new FormatException($"The signed payload is not of the type {PayloadType}.");
        }

        byte[] payload = Bytes(envelope, "payload");
        JsonElement signatures = Find(envelope, "signatures") ?? default;
        if (signatures.ValueKind != JsonValueKind.Array || signatures.GetArrayLength() != 1)
        {
            throw new FormatException("A model's signature file holds exactly one signature.");
        }

        JsonElement material = Find(root, "verificationMaterial") ?? default;
        if (Find(material, "certificate") is not null || Find(material, "x509CertificateChain") is not null)
        {
            throw new FormatException("The signature was made with a certificate; only signatures of a bare key are verified here.");
        }

        string? hint = Find(material, "publicKey") is JsonElement key ? Text(key, "hint") : null;
        return new SignedStatement(
            Pae(payload), Bytes(signatures[0], "sig"), string.IsNullOrEmpty(hint) ? null : hint, ReadSubjects(payload));
    }

    /// <summary>Whether the signature was made with this key over exactly this statement.</summary>
    public bool IsSignedWith(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.VerifyData(signedBytes, signature, SigningKey.HashOf(key), DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The pre-authentication encoding of DSSE: what is really signed, so that no type can be exchanged.</summary>
    internal static byte[] Pae(byte[] payload) =>
    [
        .. Encoding.UTF8.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {payload.Length} "), .. payload,
    ];

    private static SignedSubject[] ReadSubjects(byte[] payload)
    {
        using JsonDocument document = Parse(payload, "The signed payload");
        JsonElement statement = document.RootElement;
        if (Text(statement, "_type") != StatementType)
        {
            throw new FormatException("The signed payload is no in-toto statement of version 1.");
        }

        JsonElement subjects = Find(statement, "subject") ?? default;
        if (subjects.ValueKind != JsonValueKind.Array || subjects.GetArrayLength() is < 1 or > MostSubjects)
        {
            throw new FormatException("The signed statement names no subject, or too many.");
        }

        switch (Text(statement, "predicateType"))
        {
            case OldPredicateType:
                return [.. subjects.EnumerateArray().Select(subject => new SignedSubject(
                    Text(subject, "name") ?? "", Digest(Find(subject, "digest") is JsonElement set ? Text(set, "sha256") : null)))];
            case PredicateType:
                break;
            default:
                throw new FormatException("The signed statement is not about a model's files.");
        }

        JsonElement resources = Find(Find(statement, "predicate") ?? default, "resources") ?? default;
        if (resources.ValueKind != JsonValueKind.Array || resources.GetArrayLength() is < 1 or > MostSubjects
            || subjects.GetArrayLength() != 1)
        {
            throw new FormatException("The signed statement names no files, too many, or more than one subject.");
        }

        SignedSubject[] files = [.. resources.EnumerateArray().Select(resource => Text(resource, "algorithm") == "sha256"
            ? new SignedSubject(NameOf(resource, subjects[0]), Digest(Text(resource, "digest")))
            : throw new FormatException("A file in the signed statement is digested otherwise than by SHA-256."))];
        string root = Convert.ToHexStringLower(SHA256.HashData([.. files.SelectMany(file => Convert.FromHexString(file.Sha256.Hex))]));
        return Find(subjects[0], "digest") is JsonElement digest && Text(digest, "sha256") == root
            ? files
            : throw new FormatException("The signed statement contradicts itself: its subject is not the digest over its files.");
    }

    // A signature over one file calls it "."; its name is then the subject's.
    private static string NameOf(JsonElement resource, JsonElement subject) =>
        Text(resource, "name") is string name and not "." ? name : Text(subject, "name") ?? "";

    private static JsonDocument Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new FormatException($"{what} is no JSON object.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{what} is no JSON, or says something twice.", fault);
        }
    }

    private static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null
            ? found
            : null;

    private static string? Text(JsonElement element, string name)
    {
        try
        {
            return Find(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException fault)
        {
            throw new FormatException("The signature file holds text that is not valid Unicode.", fault);
        }
    }

    private static byte[] Bytes(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.String } text && text.TryGetBytesFromBase64(out byte[]? bytes) && bytes.Length > 0
            ? bytes
            : throw new FormatException($"The signature file's '{name}' is missing or not in base64.");

    private static ArtifactDigest Digest(string? hex) =>
        Sha256Hex.Fits(hex) ? new ArtifactDigest(hex!) : throw new FormatException("A digest in the signed statement is none.");
}
