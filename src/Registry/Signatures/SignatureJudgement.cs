using System.Security.Cryptography;
using Governance.Registry.Artifacts;

namespace Governance.Registry.Signatures;

/// <summary>What a detached signature is worth for a file.</summary>
public abstract record SignatureJudgement
{
    private SignatureJudgement()
    {
    }

    /// <summary>A trusted key signed exactly this file.</summary>
    /// <param name="Key">The key.</param>
    /// <param name="Path">The file's name for the publisher.</param>
    public sealed record Trusted(PublisherKey Key, string Path) : SignatureJudgement;

    /// <summary>It speaks of exactly this file, but nobody here knows the key, so it proves nothing yet.</summary>
    /// <param name="Hint">The fingerprint that it names; null where it names none.</param>
    /// <param name="Path">The file's name for the publisher.</param>
    public sealed record UnknownKey(string? Hint, string Path) : SignatureJudgement;

    /// <summary>It is of another file, changed, or no signature at all.</summary>
    /// <param name="Sentence">Why, for people.</param>
    public sealed record Wrong(string Sentence) : SignatureJudgement;

    /// <summary>Judges a signature file against a file's digest. Pure.</summary>
    /// <param name="signature">The signature file.</param>
    /// <param name="file">The digest of the model file.</param>
    /// <param name="trusted">The keys that count; a withdrawn one does not belong here.</param>
    public static SignatureJudgement Of(ReadOnlyMemory<byte> signature, ArtifactDigest file, IReadOnlyList<PublisherKey> trusted)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        SignedStatement statement;
        try
        {
            statement = SignedStatement.Read(signature);
        }
        catch (FormatException fault)
        {
            return new Wrong(fault.Message);
        }

        if (statement.Subjects.FirstOrDefault(subject => subject.Sha256 == file) is not SignedSubject subject)
        {
            return new Wrong($"The signature is of another file: it does not name {file.Short}.");
        }

        foreach (PublisherKey key in trusted)
        {
            bool named = statement.Hint == key.Fingerprint.Hex;
            if (!named && statement.Hint is not null)
            {
                continue;
            }

            using ECDsa verifier = SigningKey.Read(key.Pem);
            if (statement.IsSignedWith(verifier))
            {
                return new Trusted(key, subject.Path);
            }

            if (named)
            {
                return new Wrong($"The signature names the key of {key.Name}, but was not made with it, or the statement was changed since.");
            }
        }

        return new UnknownKey(statement.Hint, subject.Path);
    }
}
