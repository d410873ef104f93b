using System.Collections.Concurrent;
using Governance.Registry.Access;
using Governance.Registry.Protection;
using Governance.Registry.Versions;

namespace Governance.Audit.Answers;

/// <summary>The rows that a principal paid for already: asked again in the same form they are free.</summary>
/// <remarks>
/// Read from the traffic log when a principal first asks a version, so it outlives restarts; the oldest of more than
/// <see cref="Most"/> rows are forgotten and cost again.
/// </remarks>
public sealed class KnownRepeats(ProtectionQueries queries)
{
    /// <summary>The most rows remembered of one principal and version.</summary>
    public const int Most = 20_000;

    private const int MostPrincipals = 1_000;

    private readonly ConcurrentDictionary<(UserId, ModelVersionId), Lazy<Task<ConcurrentDictionary<(string, string, string), bool>>>> known = new();

    /// <summary>What a principal paid for.</summary>
    public async ValueTask<ConcurrentDictionary<(string Kind, string Form, string Digest), bool>> OfAsync(
        UserId principal, ModelVersionId version, CancellationToken cancellationToken)
    {
        if (known.Count >= MostPrincipals)
        {
            known.Clear();
        }

        Lazy<Task<ConcurrentDictionary<(string, string, string), bool>>> entry = known.GetOrAdd(
            (principal, version), key => new(() => ReadAsync(key.Item1, key.Item2)));
        try
        {
            ConcurrentDictionary<(string, string, string), bool> rows = await entry.Value.WaitAsync(cancellationToken);
            if (rows.Count > Most)
            {
                known.TryRemove(new((principal, version), entry));
            }

            return rows;
        }
        catch
        {
            known.TryRemove(new((principal, version), entry)); // not to remember a failure
            throw;
        }
    }

    private async Task<ConcurrentDictionary<(string, string, string), bool>> ReadAsync(UserId principal, ModelVersionId version) => new(
        (await queries.KnownAsync(principal, version, Most / 2, CancellationToken.None)).Distinct().Select(key => KeyValuePair.Create(key, true)));
}
