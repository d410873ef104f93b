using System.Security.Cryptography;
using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Signatures;

/// <summary>Adds and withdraws the keys whose signatures are trusted; an administrator may, and the system.</summary>
public sealed class ManagePublisherKeys(AppendGate gate, IDbContextFactory<GovernanceDb> contexts)
{
    /// <summary>Every key that was ever trusted, the trusted ones first, by name.</summary>
    public async Task<IReadOnlyList<PublisherKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<PublisherKey> keys = await db.PublisherKeys.AsNoTracking().ToListAsync(cancellationToken);
        return [.. keys.OrderBy(key => key.WithdrawnAt is not null).ThenBy(key => key.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Trusts a public key from now on.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="name">Whose it is.</param>
    /// <param name="pem">The public key; of a private one only the public half is kept.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<PublisherKeyOutcome> AddAsync(Actor actor, string? name, string pem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<PublisherKeyOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal noRight)
            {
                return new PublisherKeyOutcome.Refused(noRight);
            }

            if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > PublisherKey.MaxNameLength)
            {
                return Refused("bad-name", $"Say whose key it is, in 1 to {PublisherKey.MaxNameLength} characters.");
            }

            try
            {
                using ECDsa key = SigningKey.Read(pem);
                FactDigest fingerprint = SigningKey.FingerprintOf(key);
                if (await change.Db.PublisherKeys.AnyAsync(row => row.Fingerprint == fingerprint && row.WithdrawnAt == null, cancellationToken))
                {
                    return Refused("taken", "This key is trusted already.");
                }

                PublisherKey row = new(
                    PublisherKeyId.New(), name.Trim(), fingerprint, SigningKey.ToPem(key), actor.User, change.Now);
                change.Add(row, "publisher-key.added", scope: null);
                return new PublisherKeyOutcome.Changed(row);
            }
            catch (FormatException fault)
            {
                return Refused("bad-key", fault.Message);
            }
        }, cancellationToken);
    }

    /// <summary>Trusts a key no more.</summary>
    /// <param name="actor">Who withdraws it.</param>
    /// <param name="id">Which key.</param>
    /// <param name="cancellationToken">Ends it, and nothing happened.</param>
    public Task<PublisherKeyOutcome> WithdrawAsync(Actor actor, PublisherKeyId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return gate.RunAsync<PublisherKeyOutcome>(actor, async change =>
        {
            Standing standing = await Standing.LoadAsync(change.Db, actor, null, cancellationToken);
            PublisherKey? row = await change.Db.PublisherKeys.FirstOrDefaultAsync(key => key.Id == id, cancellationToken);
            if (standing.RefusalFor(Right.Administer) is Refusal noRight)
            {
                return new PublisherKeyOutcome.Refused(noRight);
            }

            if (row is null || row.WithdrawnAt is not null)
            {
                return Refused("unknown", "There is no such key, or it was withdrawn already.");
            }

            change.Change(row, "publisher-key.withdrawn", scope: null, key => key.Withdraw(change.Now));
            return new PublisherKeyOutcome.Changed(row);
        }, cancellationToken);
    }

    private static PublisherKeyOutcome.Refused Refused(string code, string sentence) => new(new Refusal(code, sentence));
}

/// <summary>What came of a change of trusted keys.</summary>
public abstract record PublisherKeyOutcome
{
    private PublisherKeyOutcome()
    {
    }

    /// <summary>It is as asked.</summary>
    public sealed record Changed(PublisherKey Key) : PublisherKeyOutcome;

    /// <summary>A rule forbids it.</summary>
    public sealed record Refused(Refusal Reason) : PublisherKeyOutcome;
}
