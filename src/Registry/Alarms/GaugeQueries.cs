using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Protection;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Alarms;

/// <summary>Whether somebody's further answers need approval; where there is no mark there is no such standing.</summary>
/// <param name="OwnerName">Who can approve.</param>
/// <param name="Verdict">What they said last; null for nothing yet.</param>
/// <param name="Until">The principal's units of all time up to which they approved; null where they did not.</param>
public sealed record GaugeStanding(string OwnerName, GaugeVerdict? Verdict, long? Until);

/// <summary>A principal on the gauge of one version.</summary>
/// <param name="Principal">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Reading">The last reading; null where another version marked them.</param>
/// <param name="Mark">The model's mark on them; null where they never passed.</param>
/// <param name="Decisions">What the owner said, the latest first, with who said it and why (null where erased).</param>
/// <param name="Spent">Units of all time; what other processes reserved and did not spend counts as spent.</param>
public sealed record GaugeView(
    UserId Principal, string Name, GaugeReading? Reading, GaugeMark? Mark, IReadOnlyList<(GaugeDecision Decision, string By, string? Reason)> Decisions,
    long Spent)
{
    /// <summary>Units of the latest approval that are left; null where there is none.</summary>
    public long? Left => Decisions is [{ Decision: { Verdict: GaugeVerdict.Approved } last }, ..] ? Math.Max(0, last.Until - Spent) : null;

    /// <summary>Whether nothing is answered until the owner says so.</summary>
    public bool Waits => Mark is not null && (Decisions.Count == 0 || Left == 0);
}

/// <summary>Reads the extraction gauge. Who may look at others' readings is judged by who asks.</summary>
public sealed class GaugeQueries(IDbContextFactory<GovernanceDb> contexts, AnswerBudgets budgets)
{
    /// <summary>How a principal stands; null where nothing marks them.</summary>
    public async Task<GaugeStanding?> StandingAsync(ModelId model, UserId principal, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        GaugeMark? mark = await db.GaugeMarks.AsNoTracking().FirstOrDefaultAsync(row => row.Model == model && row.Principal == principal, cancellationToken);
        if (mark is null)
        {
            return null;
        }

        GaugeDecision? last = await db.GaugeDecisions.AsNoTracking().Where(row => row.Mark == mark.Id)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        UserId owner = await db.Models.Where(row => row.Id == model).Select(row => row.Owner).FirstAsync(cancellationToken);
        string name = await db.Users.Where(user => user.Id == owner.Value).Select(user => user.DisplayName).FirstOrDefaultAsync(cancellationToken) ?? "its owner";
        return new GaugeStanding(name, last?.Verdict, last is { Verdict: GaugeVerdict.Approved } ? last.Until : null);
    }

    /// <summary>Everybody on the gauge of a version, those who wait first, then by how near a copy they are.</summary>
    public async Task<IReadOnlyList<GaugeView>> OfVersionAsync(ModelId model, ModelVersionId version, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        List<GaugeReading> readings = await db.GaugeReadings.AsNoTracking().Where(row => row.Version == version).ToListAsync(cancellationToken);
        List<GaugeMark> marks = await db.GaugeMarks.AsNoTracking().Where(row => row.Model == model).ToListAsync(cancellationToken);
        GaugeMarkId[] ids = [.. marks.Select(mark => mark.Id)];
        List<GaugeDecision> decisions = await db.GaugeDecisions.AsNoTracking().Where(row => ids.Contains(row.Mark))
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        FactDigest[] digests = [.. decisions.Select(decision => decision.Reason)];
        Dictionary<FactDigest, string> texts = await db.PersonalTexts.AsNoTracking().Where(text => digests.Contains(text.Digest))
            .ToDictionaryAsync(text => text.Digest, text => text.Text, cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        UserId[] all = [.. readings.Select(reading => reading.Principal).Concat(marks.Select(mark => mark.Principal)).Distinct()];
        BudgetHolder[] holders = [.. all.Select(principal => new BudgetHolder(BudgetHolderKind.Principal, principal.Value))];
        Dictionary<BudgetHolder, BudgetSums> sums = await BudgetSums.LoadAsync(db, model, holders, AnswerUse.HourOf(db.Now), cancellationToken);
        return
        [
            .. all.Select((principal, at) => ViewOf(
                principal, names, readings, marks, decisions, texts, Math.Max(0, sums.GetValueOrDefault(holders[at], BudgetSums.None).Lifetime - budgets.ReservedOf(model, holders[at]))))
                .OrderByDescending(view => view.Waits).ThenByDescending(view => view.Reading?.Share ?? 0).ThenBy(view => view.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>Marks that wait for an owner's word, with the model's name and a version to decide on, the longest waiting first.</summary>
    public async Task<IReadOnlyList<(GaugeMark Mark, string Model, int Number, string Principal)>> WaitingForAsync(UserId owner, CancellationToken cancellationToken)
    {
        await using GovernanceDb db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from mark in db.GaugeMarks.AsNoTracking()
            join model in db.Models on mark.Model equals model.Id
            join version in db.Versions on mark.Version equals version.Id
            where model.Owner == owner && !db.GaugeDecisions.Any(decision => decision.Mark == mark.Id)
            orderby mark.MarkedAt
            select new { mark, model.Name, version.Number }).ToListAsync(cancellationToken);
        IReadOnlyDictionary<UserId, string> names = await PeopleQueries.NamesAsync(db, cancellationToken);
        return [.. rows.Select(row => (row.mark, row.Name, row.Number, names.GetValueOrDefault(row.mark.Principal, "somebody")))];
    }

    private static GaugeView ViewOf(
        UserId principal, IReadOnlyDictionary<UserId, string> names, List<GaugeReading> readings, List<GaugeMark> marks,
        List<GaugeDecision> decisions, Dictionary<FactDigest, string> texts, long spent)
    {
        GaugeMark? mark = marks.Find(row => row.Principal == principal);
        return new GaugeView(
            principal, names.GetValueOrDefault(principal, "somebody"), readings.Find(row => row.Principal == principal), mark,
            [
                .. decisions.Where(decision => decision.Mark == mark?.Id).Select(decision => (
                    decision, names.GetValueOrDefault(decision.By, "somebody"), texts.GetValueOrDefault(decision.Reason))),
            ],
            spent);
    }
}
