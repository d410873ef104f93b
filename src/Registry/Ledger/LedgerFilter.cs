using Governance.Registry.Access;
using Governance.Registry.Models;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Ledger;

/// <summary>Which entries of the ledger somebody looks for; what is null asks nothing.</summary>
public sealed record LedgerFilter
{
    /// <summary>A sequence, the beginning of a leaf's hash, or a text that occurs in the leaf.</summary>
    public string? Text { get; init; }

    /// <summary>A user name, or "system".</summary>
    public string? Actor { get; init; }

    /// <summary>An action, or its beginning, such as <c>sign-off</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The kind of the subject, such as <c>version</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>A model's name: its own entries and those of its versions.</summary>
    public string? Model { get; init; }

    /// <summary>The first day, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether it asks anything.</summary>
    public bool IsEmpty => this == new LedgerFilter();

    internal async Task<IQueryable<LedgerEntry>> ApplyAsync(
        GovernanceDb db, IQueryable<LedgerEntry> entries, CancellationToken cancellationToken)
    {
        if (Text is string text)
        {
            long sequence = long.TryParse(text, out long number) ? number : -1;
            entries = entries.Where(entry => entry.Sequence == sequence || entry.Hash.StartsWith(text) || entry.Leaf.Contains(text));
        }

        if (Action is string action)
        {
            entries = entries.Where(entry => entry.Action.StartsWith(action));
        }

        if (Subject is string subject)
        {
            entries = entries.Where(entry => entry.SubjectKind == subject);
        }

        if (From is DateOnly from)
        {
            DateTimeOffset first = new(from, TimeOnly.MinValue, TimeSpan.Zero);
            entries = entries.Where(entry => entry.At >= first);
        }

        if (To is DateOnly to)
        {
            DateTimeOffset end = new(to.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            entries = entries.Where(entry => entry.At < end);
        }

        if (Actor is string actor)
        {
            string name = await ActorOfAsync(db, actor, cancellationToken);
            entries = entries.Where(entry => entry.Actor == name);
        }

        return Model is string model ? await OfModelAsync(db, entries, model, cancellationToken) : entries;
    }

    private static async Task<string> ActorOfAsync(GovernanceDb db, string actor, CancellationToken cancellationToken)
    {
        string wanted = actor.ToUpperInvariant();
        GovernanceUser? user = await db.Users.AsNoTracking().FirstOrDefaultAsync(row => row.NormalizedUserName == wanted, cancellationToken);
        return user is null ? actor : $"user:{user.Person}";
    }

    private static async Task<IQueryable<LedgerEntry>> OfModelAsync(
        GovernanceDb db, IQueryable<LedgerEntry> entries, string name, CancellationToken cancellationToken)
    {
        Model? model = await db.Models.AsNoTracking().FirstOrDefaultAsync(row => row.Name == name, cancellationToken);
        if (model is null)
        {
            return entries.Where(_ => false);
        }

        string[] ids =
        [
            model.Id.ToString(),
            .. (await db.Versions.AsNoTracking().Where(version => version.Model == model.Id).Select(version => version.Id).ToListAsync(cancellationToken))
                .Select(id => id.ToString()),
        ];
        return entries.Where(entry => ids.Contains(entry.ScopeId) || ids.Contains(entry.SubjectId));
    }
}
