using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;

namespace Governance.Audit.Counterfactuals;

/// <summary>The use case: the nearest rows that the model answers as wanted, within constraints.</summary>
/// <remarks>
/// Every way that is reported was asked again, as a row of its own in a call of its own, and compared with the constraints
/// cell by cell; one that fails either is dropped.
/// </remarks>
public static class FindCounterfactuals
{
    /// <summary>Searches.</summary>
    /// <param name="request">Case, target and constraints.</param>
    /// <param name="time">The clock of <see cref="CounterfactualReport.Seconds"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="InputException">Row, target or constraints do not fit data and model.</exception>
    public static CounterfactualReport Run(CounterfactualRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Row < 0 || request.Row >= request.Data.Rows)
        {
            throw new InputException($"The data has no row {request.Row}; it has {request.Data.Rows:N0}, counted from 0.");
        }

        long started = time.GetTimestamp();
        CaseModel model = new(request, cancellationToken);
        Table population = request.Population.Take(SampleRows.Draw([.. Enumerable.Range(0, request.Population.Rows)], CounterfactualRequest.MostSeeds, request.Seed));
        InputBatch encoded = request.Encoder.Encode(population);
        ActionSpace space = ActionSpace.Make(request.Encoder, request.Population, encoded, request.Data, request.Row, request.Constraints);
        Decisions first = model.Decide(space.Own);
        Decisions known = model.Decide(population, encoded);
        CounterfactualTarget target = CounterfactualTarget.Read(request.Target, model.Rule, request.Encoder.Encoding, first.Predicted?[0]);
        TargetJudge judge = new(model.Rule, target, known);
        Judged original = judge.Judge(first)[0];
        CounterfactualReport report = new()
        {
            Row = request.Row,
            Target = target.Words,
            Original = Answer(original),
            AlreadyReached = original.Reached,
            Threshold = model.Rule.IsRegression ? null : model.Rule.Threshold,
            Positive = model.Rule.IsRegression ? null : model.Rule.Positive,
            Counterfactuals = [],
            Actionable = [.. space.Columns.Select(Actionable)],
            Fixed = [.. request.Encoder.Columns.Where(name => space.Columns.All(column => column.Column.Name != name))],
            MaxChanges = request.Constraints.MaxChanges,
            PopulationRows = request.Population.Rows,
            Evaluations = known.Predicted?.Length ?? known.Values!.Length,
            ModelRows = 0,
            ModelCalls = 0,
            Provider = request.Predictor.Provider,
            Seed = request.Seed,
        };
        if (!original.Reached)
        {
            report = Search(request, report, model, space, judge, target, population, known, cancellationToken);
        }

        return report with
        {
            Reason = original.Reached ? $"The model answers {target.Words} for this row already." : report.Reason,
            ModelRows = model.Rows,
            ModelCalls = model.Calls,
            Seconds = time.GetElapsedTime(started).TotalSeconds,
        };
    }

    private static CounterfactualReport Search(
        CounterfactualRequest request, CounterfactualReport report, CaseModel model, ActionSpace space, TargetJudge judge,
        CounterfactualTarget target, Table population, Decisions known, CancellationToken cancellationToken)
    {
        Judged[] rows = judge.Judge(known);
        double[][] seeds = [.. Enumerable.Range(0, rows.Length).Where(row => rows[row].Reached).Select(row => space.Nearest(population, row))];
        SearchResult found = CounterfactualSearch.Run(
            space.Columns, seeds, (states, token) => judge.Judge(model.Decide(space.Rows(states))),
            new SearchOptions { Evaluations = request.Evaluations, MaxChanges = request.Constraints.MaxChanges, Count = request.Count, Seed = request.Seed },
            cancellationToken);
        CostPlan plan = new(space.Columns, space.OwnState, int.MaxValue);
        List<double[]> valid = [];
        Dictionary<double[], Judged> answers = [];
        foreach (double[] state in found.States)
        {
            Table row = space.Rows([state]);
            Judged again = judge.Judge(model.Decide(row))[0];
            if (again.Reached && ConstraintCheck.Violations(space.Own, row, request.Constraints).Count == 0)
            {
                valid.Add(state);
                answers.Add(state, again);
            }
        }

        IReadOnlyList<double[]> chosen = DiverseChoice.Of(valid, plan, request.Count);
        return report with
        {
            Evaluations = report.Evaluations + found.Evaluations,
            Counterfactuals = [.. chosen.Select(state => Way(space, plan, state, answers[state], target))],
            Reason = chosen.Count == request.Count ? null
                : chosen.Count > 0 ? $"{chosen.Count} different ways were found within the constraints, not {request.Count}."
                : space.Columns.Count == 0 ? "The constraints leave nothing that could change."
                : $"No way was found within the constraints after {found.Evaluations:N0} candidates; there may be none.",
        };
    }

    private static Counterfactual Way(ActionSpace space, CostPlan plan, double[] state, Judged answer, CounterfactualTarget target)
    {
        CellChange[] changes =
        [
            .. plan.Changed(state).OrderByDescending(at => space.Columns[at].Cost(state[at])).Select(at =>
            {
                ActionColumn column = space.Columns[at];
                double distance = column.IsNumeric ? Math.Abs(state[at] - column.Own) / column.Scale : 1;
                return new CellChange(column.Column.Name, Cell(space, at, column.Own), Cell(space, at, state[at]), distance);
            }),
        ];
        Table row = space.Rows([state]);
        return new Counterfactual
        {
            Changes = changes,
            Values = row.Columns.ToDictionary(column => column.Name, Cell, StringComparer.Ordinal),
            Answer = Answer(answer),
            Valid = true,
            Cost = plan.Of(state),
            Distance = changes.Sum(change => change.Distance),
            Sentence = CounterfactualWords.Sentence(target, changes),
        };
    }

    private static object? Cell(ActionSpace space, int column, double state)
    {
        string? text = space.Text(column, state);
        return text is null ? null : space.Columns[column].Column.Cells is NumberColumn ? double.Parse(text, CultureInfo.InvariantCulture) : text;
    }

    private static object? Cell(Column column) => column.IsMissing(0) ? null : column is NumberColumn numbers ? numbers.Values[0] : column.Text(0);

    private static CaseAnswer Answer(Judged judged) => new(judged.Predicted, double.IsNaN(judged.Score) ? null : judged.Score);

    private static ActionableColumn Actionable(ActionColumn column) => column.IsNumeric
        ? new ActionableColumn(column.Column.Name, column.Scale, column.ScaleKind, column.Low, column.High, column.Step, null)
        : new ActionableColumn(column.Column.Name, null, column.ScaleKind, null, null, null, [.. column.Options!.Skip(1)]);
}
