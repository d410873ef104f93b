using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Proposals;

/// <summary>Hands the file of a version to the person whose proposal was confirmed: a key shown once, then one package.</summary>
public sealed class ReleaseArtifact(AppendGate gate, ArtifactStore store)
{
    /// <summary>The kind of proposal that it acts on.</summary>
    public const string Kind = ReleaseProposal.Name;

    /// <summary>Makes the key; only its digest is kept. Made again before the download, the earlier key opens nothing.</summary>
    public async Task<ReleaseOutcome> MakeKeyAsync(Actor actor, ProposalId id, CancellationToken cancellationToken)
    {
        byte[] key = RandomNumberGenerator.GetBytes(ReleasePackage.KeyLength);
        return await RunAsync(actor, id, (change, proposal, version) =>
        {
            change.Change(proposal, "release.key-made", version.Subject, row => row.Unlock(DigestOf(key)));
            return new ReleaseOutcome.KeyMade(Convert.ToHexStringLower(key));
        }, cancellationToken);
    }

    /// <summary>Takes the one download; the ledger names who got what.</summary>
    /// <param name="actor">Who proposed it.</param>
    /// <param name="id">Which proposal.</param>
    /// <param name="key">The key as it was shown, hexadecimal.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<ReleaseOutcome> TakeAsync(Actor actor, ProposalId id, string? key, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[ReleasePackage.KeyLength];
        bool fits = key?.Trim() is { Length: 2 * ReleasePackage.KeyLength } text
            && Convert.FromHexString(text, bytes, out _, out int written) == System.Buffers.OperationStatus.Done && written == bytes.Length;
        ReleaseOutcome outcome = await RunAsync(actor, id, (change, proposal, version) =>
        {
            if (!fits || proposal.Key != DigestOf(bytes))
            {
                return new ReleaseOutcome.Refused(new Refusal("wrong-key", "This is not the key that was shown. Make a new one."));
            }

            change.Change(proposal, "artifact.released", version.Subject, row => row.Use(change.Now));
            return new ReleaseOutcome.Taken(version.Artifact, HeaderOf(proposal, version, change), bytes);
        }, cancellationToken);
        return outcome;
    }

    /// <summary>
    /// Takes the one download as the file itself, for a protocol whose clients know no packages. The connection is what
    /// keeps it secret on its way; everything else is as with a package: two persons, a reason, once, in the ledger.
    /// </summary>
    /// <param name="actor">Who proposed it.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public async Task<ReleaseOutcome> HandOverAsync(Actor actor, ModelVersionId version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await ConfirmedAsync(actor, version, cancellationToken) is ProposalId id
            ? await RunAsync(actor, id, (change, proposal, row) =>
            {
                change.Change(proposal, "artifact.released", row.Subject, taken => taken.Use(change.Now));
                return new ReleaseOutcome.HandedOver(row.Artifact);
            }, cancellationToken)
            : Refused("no-release", RightsRefusals.For(Right.DownloadArtifact).Sentence);
    }

    /// <summary>The file of a download that was handed over, in the clear and checked to the last byte.</summary>
    public Task<Stream> OpenAsync(ReleaseOutcome.HandedOver taken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        return store.OpenAsync(taken.Artifact, cancellationToken);
    }

    /// <summary>Writes the package of a download that was taken.</summary>
    public async Task WriteAsync(ReleaseOutcome.Taken taken, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        await using Stream source = await store.OpenAsync(taken.Artifact, cancellationToken);
        await ReleasePackage.WriteAsync(source, taken.Header, taken.Key, target, cancellationToken);
    }

    private Task<ReleaseOutcome> RunAsync(
        Actor actor, ProposalId id, Func<RegistryChange, Proposal, ModelVersion, ReleaseOutcome> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        UserId person = actor.User ?? throw new ArgumentException("A person takes a file.", nameof(actor));
        return gate.RunAsync(actor, async change =>
        {
            Proposal? proposal = await change.Db.Proposals.FirstOrDefaultAsync(
                row => row.Id == id && row.ProposedBy == person && row.Kind == ReleaseProposal.Name, cancellationToken);
            if (proposal is null)
            {
                return Refused("not-found", "There is no such proposal of yours.");
            }

            if (proposal.StateAt(change.Now) != ProposalState.Confirmed || change.Now >= proposal.DecidedAt + Proposal.Open)
            {
                return Refused("wrong-state", "It is not confirmed, or its one download was taken, or it is too old. Propose it again.");
            }

            Holdings holdings = (await Holdings.LoadAsync(change.Db, person, cancellationToken))!;
            return await new ReleaseProposal().RefusalForAsync(change.Db, holdings, proposal.ReadChange(), cancellationToken) is Refusal refusal
                ? new ReleaseOutcome.Refused(refusal)
                : act(change, proposal, await VersionAsync(change.Db, proposal, cancellationToken));
        }, cancellationToken);
    }

    private Task<ProposalId?> ConfirmedAsync(Actor actor, ModelVersionId version, CancellationToken cancellationToken) =>
        gate.RunAsync(actor, async change => (await change.Db.Proposals.AsNoTracking()
                .Where(row => row.ProposedBy == actor.User && row.Kind == ReleaseProposal.Name && row.Confirmed == true && row.UsedAt == null)
                .OrderByDescending(row => row.DecidedAt).ToListAsync(cancellationToken))
            .FirstOrDefault(row => ReleaseProposal.VersionOf(row.ReadChange()) == version && change.Now < row.DecidedAt + Proposal.Open)?.Id, cancellationToken);

    private static async Task<ModelVersion> VersionAsync(GovernanceDb db, Proposal proposal, CancellationToken cancellationToken)
    {
        ModelVersionId version = ReleaseProposal.VersionOf(proposal.ReadChange());
        return await db.Versions.AsNoTracking().FirstAsync(row => row.Id == version, cancellationToken);
    }

    private static JsonObject HeaderOf(Proposal proposal, ModelVersion version, RegistryChange change) => new()
    {
        ["schema"] = "governance/release/1",
        ["label"] = proposal.ReadChange()["label"]!.GetValue<string>(),
        ["version"] = version.Digest.Hex,
        ["artifact"] = version.Artifact.Hex,
        ["recipient"] = proposal.ProposedBy.ToString(),
        ["proposal"] = proposal.Id.ToString(),
        ["utc"] = change.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private static FactDigest DigestOf(byte[] key) => new(Convert.ToHexStringLower(SHA256.HashData(key)));

    private static ReleaseOutcome Refused(string code, string sentence) => new ReleaseOutcome.Refused(new Refusal(code, sentence));
}

/// <summary>What came of a step of a release.</summary>
public abstract record ReleaseOutcome
{
    private ReleaseOutcome()
    {
    }

    /// <summary>The key, hexadecimal: to be shown once.</summary>
    public sealed record KeyMade(string Key) : ReleaseOutcome;

    /// <summary>The download is the caller's: to be written with <see cref="ReleaseArtifact.WriteAsync"/>.</summary>
    public sealed record Taken(ArtifactDigest Artifact, JsonObject Header, ReadOnlyMemory<byte> Key) : ReleaseOutcome;

    /// <summary>The file itself is the caller's: to be read with <see cref="ReleaseArtifact.OpenAsync"/>.</summary>
    public sealed record HandedOver(ArtifactDigest Artifact) : ReleaseOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : ReleaseOutcome;
}
