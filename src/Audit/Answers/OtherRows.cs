using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Inference;
using Governance.Registry.Datasets;

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
    private readonly HashSet<string> masked;
    private readonly string? favourable;

    private OtherRows(
        Table rows, string[] labels, Table? prototypes, string[] prototypeLabels, RowDistance distance, HashSet<string> masked, string? favourable)
    {
        this.rows = rows;
        this.labels = labels;
        this.prototypes = prototypes;
        this.prototypeLabels = prototypeLabels;
        this.distance = distance;
        this.masked = masked;
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
            [.. reference.Dataset.Of(ColumnRole.Protected).Select(column => column.Name), .. reference.Options?.Protected ?? []], favourable);
    }

    /// <summary>The nearest row with another answer.</summary>
    /// <param name="row">One row, as people read it.</param>
    /// <param name="label">How it is answered now.</param>
    /// <param name="target">The wanted answer; null for the favourable one, or for any other where that is the answer now.</param>
    /// <param name="form">Where it may come from.</param>
    /// <param name="shown">Whether protected cells may be shown.</param>
    /// <returns>Null where there is none.</returns>
    public OtherRow? Find(Table row, string? label, string? target, CounterfactualForm form, bool shown)
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

        // Like in what is protected where there are such rows: a way to another answer is not to be another person.
        int[] alike = [.. fitting.Where(at => masked.All(column => pool.Find(column) is null || RowDistance.Same(pool, at, row, column)))];
        int best = (alike.Length > 0 ? alike : fitting).MinBy(at => distance.Of(pool, at, row));
        List<CellChange> changes = [];
        List<string> hidden = [];
        foreach (string column in distance.Columns.Where(column => !RowDistance.Same(pool, best, row, column)))
        {
            if (masked.Contains(column) && !shown)
            {
                hidden.Add(column);
            }
            else
            {
                changes.Add(new CellChange(column, row.Need(column).Text(0), pool.Need(column).Text(best)));
            }
        }

        return new OtherRow(answers[best], real ? "row" : "prototype", changes, hidden);
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
