using System.Text.Json;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Access;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.WhatIf;

namespace Governance.Portal.Features.WhatIf;

/// <summary>A session as a person sees it.</summary>
/// <param name="Session">Its counts.</param>
/// <param name="Row">The known row.</param>
/// <param name="Original">What the version answers about it.</param>
/// <param name="Edits">All edits, undone ones too.</param>
public sealed record WhatIfState(WhatIfSession Session, WhatIfRow Row, WhatIfAnswer Original, IReadOnlyList<WhatIfStep> Edits)
{
    /// <summary>Edits that are left.</summary>
    public int Left => WhatIfSession.MostEdits - Session.Edits;

    /// <summary>The last edit that stands; null where the row is as it was.</summary>
    public WhatIfStep? Current => Edits.LastOrDefault(step => !step.Undone);
}

/// <summary>One edit of a session.</summary>
/// <param name="Number">From 1.</param>
/// <param name="At">UTC.</param>
/// <param name="Cells">The cells that differ from the known row.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Undone">Whether the person took it back.</param>
public sealed record WhatIfStep(int Number, DateTimeOffset At, IReadOnlyDictionary<string, string> Cells, WhatIfAnswer Answer, bool Undone);

/// <summary>Runs what-if sessions: a known row, edits in legal bounds, each asked through the pipeline of answers at full price.</summary>
internal sealed class WhatIfRun(WhatIfRows rows, WhatIfSessions sessions, AnswerRows answers)
{
    /// <summary>Begins a session, or goes on with the one on this row; the row as it is, is asked about first.</summary>
    public async Task<WhatIfOutcome> BeginAsync(VersionView view, Dataset dataset, int row, ReadPurpose purpose, CancellationToken cancellationToken)
    {
        WhatIfRow known = await rows.ReadAsync(view, dataset, row, purpose, cancellationToken);
        (WhatIfSession? session, Refusal? refusal) = await sessions.BeginAsync(view.Viewer.Person, view.Version.Id, dataset.Id, row, cancellationToken);
        if (session is null)
        {
            return new WhatIfOutcome.Refused(refusal!, null);
        }

        if ((await sessions.FindAsync(view.Viewer.Person, session.Id, cancellationToken))!.Value.Edits.Count == 0)
        {
            AnswerOutcome outcome = await AskAsync(view, session.Id, known.Row.Original, cancellationToken);
            if (outcome is not AnswerOutcome.Answered { Rows: [var first] })
            {
                return WhatIfOutcome.Of(outcome, known);
            }

            await sessions.KeepAsync(session.Id, "{}", WhatIfAnswer.Of(first).Write(), cancellationToken);
        }

        return await StateAsync(view, session.Id, known, cancellationToken);
    }

    /// <summary>A session of the person.</summary>
    public async Task<WhatIfOutcome> FindAsync(VersionView view, WhatIfSessionId id, ReadPurpose purpose, CancellationToken cancellationToken) =>
        await KnownAsync(view, id, purpose, cancellationToken) is WhatIfRow known ? await StateAsync(view, id, known, cancellationToken) : new WhatIfOutcome.NotFound();

    /// <summary>Edits the row and asks.</summary>
    /// <param name="view">The version.</param>
    /// <param name="id">The session.</param>
    /// <param name="cells">All cells that shall differ from the known row.</param>
    /// <param name="purpose">By which way.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <exception cref="InputException">A cell is not legal.</exception>
    public async Task<WhatIfOutcome> EditAsync(
        VersionView view, WhatIfSessionId id, IReadOnlyDictionary<string, string> cells, ReadPurpose purpose, CancellationToken cancellationToken) =>
        await KnownAsync(view, id, purpose, cancellationToken) is WhatIfRow known ? await EditAsync(view, id, known, cells, cancellationToken) : new WhatIfOutcome.NotFound();

    /// <summary>Edits a session's row that is held in memory, and asks; the row is read again where other cells are masked by now.</summary>
    /// <param name="view">The version, read for this edit.</param>
    /// <param name="held">The session as it was.</param>
    /// <param name="cells">All cells that shall differ from the known row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InputException">A cell is not legal, or the rows are gone.</exception>
    public async Task<WhatIfOutcome> EditAsync(
        VersionView view, WhatIfState held, IReadOnlyDictionary<string, string> cells, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        (WhatIfSession Session, IReadOnlyList<WhatIfEdit> Edits)? known = await sessions.FindAsync(view.Viewer.Person, held.Session.Id, cancellationToken);
        return known?.Session.Version == view.Version.Id
            ? await EditAsync(view, held.Session.Id, await rows.AgainAsync(view, held.Row, held.Session.Row, cancellationToken), cells, cancellationToken)
            : new WhatIfOutcome.NotFound();
    }

    /// <summary>The person's session on a row that is not over; null where there is none.</summary>
    public async Task<WhatIfSession?> OnAsync(VersionView view, DatasetId dataset, int row, CancellationToken cancellationToken) =>
        (await sessions.OfAsync(view.Viewer.Person, view.Version.Id, cancellationToken)).FirstOrDefault(session => session.Dataset == dataset && session.Row == row);

    private async Task<WhatIfOutcome> EditAsync(
        VersionView view, WhatIfSessionId id, WhatIfRow known, IReadOnlyDictionary<string, string> cells, CancellationToken cancellationToken)
    {

        Table edited = known.Row.With(cells);
        string kept = JsonSerializer.Serialize(cells, ReportJson.Options);
        if (kept.Length > WhatIfEdit.MaxLength)
        {
            throw new InputException("The edited cells are too long to be kept.");
        }

        if (!await sessions.TakeAsync(id, cancellationToken))
        {
            return new WhatIfOutcome.Refused(
                new Refusal("too-many-edits", $"A row is edited {WhatIfSession.MostEdits} times at most, and one edit at a time. Begin with another row."), null);
        }

        AnswerOutcome outcome = await AskAsync(view, id, edited, cancellationToken);
        if (outcome is not AnswerOutcome.Answered { Rows: [var row] })
        {
            await sessions.GiveBackAsync(id, cancellationToken);
            return WhatIfOutcome.Of(outcome, known);
        }

        await sessions.KeepAsync(id, kept, WhatIfAnswer.Of(row).Write(), cancellationToken);
        return await StateAsync(view, id, known, cancellationToken);
    }

    /// <summary>Takes the last edit back; it counts all the same.</summary>
    public async Task<WhatIfOutcome> UndoAsync(VersionView view, WhatIfSessionId id, ReadPurpose purpose, CancellationToken cancellationToken)
    {
        if (await KnownAsync(view, id, purpose, cancellationToken) is not WhatIfRow known)
        {
            return new WhatIfOutcome.NotFound();
        }

        await sessions.UndoAsync(id, cancellationToken);
        return await StateAsync(view, id, known, cancellationToken);
    }

    private Task<AnswerOutcome> AskAsync(VersionView view, WhatIfSessionId session, Table row, CancellationToken cancellationToken) => answers.RunAsync(
        new AnswerRequest
        {
            Principal = view.Viewer.Person,
            Model = view.Model.Name,
            Version = view.Version.Number,
            Kind = QueryKind.WhatIf,
            Rows = form => row.Keep(form.Columns),
            WhatIf = session.Value,
        },
        cancellationToken);

    private async Task<WhatIfRow?> KnownAsync(VersionView view, WhatIfSessionId id, ReadPurpose purpose, CancellationToken cancellationToken)
    {
        WhatIfSession? session = (await sessions.FindAsync(view.Viewer.Person, id, cancellationToken))?.Session;
        Dataset? dataset = session is null || session.Version != view.Version.Id ? null : await rows.FindAsync(session.Dataset, cancellationToken);
        return dataset is null ? null : await rows.ReadAsync(view, dataset, session!.Row, purpose, cancellationToken);
    }

    private async Task<WhatIfOutcome> StateAsync(VersionView view, WhatIfSessionId id, WhatIfRow known, CancellationToken cancellationToken)
    {
        (WhatIfSession session, IReadOnlyList<WhatIfEdit> edits) = (await sessions.FindAsync(view.Viewer.Person, id, cancellationToken))!.Value;
        WhatIfStep[] steps = [.. edits.Select(edit => new WhatIfStep(
            edit.Number, edit.At, JsonSerializer.Deserialize<Dictionary<string, string>>(edit.Cells, ReportJson.Options)!, WhatIfAnswer.Read(edit.Answer), edit.Undone))];
        return new WhatIfOutcome.Shown(new WhatIfState(session, known, steps[0].Answer, steps[1..]));
    }
}
