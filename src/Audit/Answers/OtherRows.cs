using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Audit.Privacy;

namespace Governance.Audit.Answers;

/// <summary>Rows that a version answers otherwise: real ones of its reference data, and prototypes made of many.</summary>
/// <remarks>
/// Never the nearest point to the decision: a search for it would hand out the decision's plane (security brief, section
/// 1.1). What is here was there before anybody asked.
/// </remarks>
internal sealed class OtherRows
{
    private const int MostRows = 5_000;
    private const int MostPrototypes = 12;
    private const int RowsOfPrototype = 15;

    private readonly Table rows;
    private readonly string[] labels;
    private readonly Table? prototypes;
    private readonly string[] prototypeLabels;
    private readonly RowDistance distance;
    private readonly HashSet<string> personal;
    private readonly string? favourable;

    private OtherRows(
        Table rows, string[] labels, Table? prototypes, string[] prototypeLabels, RowDistance distance, HashSet<string> personal, string? favourable)
    {
        this.rows = rows;
        this.labels = labels;
        this.prototypes = prototypes;
        this.prototypeLabels = prototypeLabels;
        this.distance = distance;
        this.personal = personal;
        this.favourable = favourable;
    }

    /// <summary>Decides the reference rows of a model and makes prototypes.</summary>
    public static OtherRows Of(HostedModel model)
    {
        ReferenceData reference = model.Reference!;
        Table rows = reference.Data.Table.Head(MostRows).Keep(model.Columns);
        string[] labels = LabelsOf(model, rows);
        RowDistance distance = new(rows, model.Encoder.Columns);
        (Table Table, string[] Labels)? made = Prototypes(model, rows, labels, distance);
        string? favourable = model.Encoder.Encoding.Label?.Favourable ?? reference.Options?.Favourable ?? reference.Dataset.Favourable;
        return new OtherRows(
            rows, labels, made?.Table, made?.Labels ?? [], distance,
            [.. reference.Columns.Where(RowMask.IsPersonal).Select(column => column.Name), .. reference.Options?.Protected ?? []], favourable);
    }

    /// <summary>Columns whose cells few may read, as far as they were known when the version was loaded.</summary>
    public IReadOnlySet<string> Personal => personal;

    /// <summary>The nearest row with another answer, all its cells open.</summary>
    /// <param name="row">One row, as people read it.</param>
    /// <param name="label">How it is answered now.</param>
    /// <param name="target">The wanted answer; null for the favourable one, or for any other where that is the answer now.</param>
    /// <param name="form">Where it may come from.</param>
    /// <returns>Null where there is none.</returns>
    public FoundRow? Find(Table row, string? label, string? target, CounterfactualForm form)
    {
        string? wanted = target ?? (favourable is not null && favourable != label && labels.Contains(favourable) ? favourable : null);
        bool real = form == CounterfactualForm.NearestRow;
        Table? pool = real ? rows : prototypes;
        string[] answers = real ? labels : prototypeLabels;
        int[] fitting = pool is null ? [] : [.. Enumerable.Range(0, pool.Rows).Where(at => wanted is null ? answers[at] != label : answers[at] == wanted)];
        if (pool is null || fitting.Length == 0 || wanted == label)
        {
            return null;
        }

        // Like in what is personal where there are such rows: a way to another answer is not to be another person.
        int[] alike = [.. fitting.Where(at => personal.All(column => pool.Find(column) is null || RowDistance.Same(pool, at, row, column)))];
        int best = (alike.Length > 0 ? alike : fitting).MinBy(at => distance.Of(pool, at, row));
        return new FoundRow(
            answers[best], real ? best : null,
            [
                .. distance.Columns.Where(column => !RowDistance.Same(pool, best, row, column))
                    .Select(column => new CellChange(column, row.Need(column).Text(0), pool.Need(column).Text(best))),
            ]);
    }

    private static string[] LabelsOf(HostedModel model, Table rows)
    {
        InputBatch batch = model.Encoder.Encode(rows);
        return model.Rule.Decide(model.Predictor.Predict(batch, CancellationToken.None), rows, batch).Predicted!;
    }

    // Around rows spread over each class: the middle of the nearest of that class. Kept where the model answers as wanted.
    private static (Table, string[])? Prototypes(HostedModel model, Table rows, string[] labels, RowDistance distance)
    {
        List<Table> made = [];
        foreach (int[] own in labels.Select((label, at) => (label, at)).GroupBy(pair => pair.label, pair => pair.at).Select(group => group.ToArray())
            .Where(group => group.Length >= RowsOfPrototype).OrderBy(group => labels[group[0]], StringComparer.Ordinal))
        {
            int step = Math.Max(1, own.Length / MostPrototypes);
            for (int start = 0; start < own.Length && start / step < MostPrototypes; start += step)
            {
                Table centre = rows.Take([own[start]]);
                int[] near = [.. own.OrderBy(at => distance.Of(rows, at, centre)).Take(RowsOfPrototype)];
                made.Add(RowMiddle.Of(rows.Take(near)));
            }
        }

        if (made.Count == 0)
        {
            return null;
        }

        Table all = RowMiddle.Stack(made);
        string[] answers;
        try
        {
            answers = LabelsOf(model, all);
        }
        catch (InputException)
        {
            return null; // a middle that the encoding does not take is no row to show
        }

        return (all, answers);
    }
}

/// <summary>A row that is answered otherwise, before anything is masked.</summary>
/// <param name="Label">With what.</param>
/// <param name="Row">Which row of the reference data, from 0; null for a prototype.</param>
/// <param name="Changes">The columns in which it differs.</param>
internal sealed record FoundRow(string? Label, int? Row, IReadOnlyList<CellChange> Changes)
{
    /// <summary>What leaves the portal of it.</summary>
    /// <param name="hidden">Columns whose cells the asker may not read.</param>
    public OtherRow Masked(IReadOnlySet<string> hidden) => new(
        Label, Row is null ? "prototype" : "row", [.. Changes.Where(change => !hidden.Contains(change.Column))],
        [.. Changes.Select(change => change.Column).Where(hidden.Contains)]);
}
