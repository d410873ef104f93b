using System.CommandLine;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Performance;

/// <summary><c>governance performance F --label Y [--prediction P] [--score S[,S2…]]</c>.</summary>
internal static class PerformanceCommand
{
    private static readonly Argument<string> Data = new("F") { Description = "Labelled predictions, as CSV with a header." };

    private static readonly Option<string> Label = new("--label") { Description = "The column with the true outcome.", HelpName = "Y", Required = true };

    private static readonly Option<string?> Prediction = new("--prediction") { Description = "The column with the predicted class or value.", HelpName = "P" };

    private static readonly Option<string?> Score = new("--score") { Description = "The column with the score of the positive class, or one column a class.", HelpName = "S[,S2…]" };

    private static readonly Option<string?> Classes = new("--classes") { Description = "The classes of a multiclass task, in the order of the scores.", HelpName = "a,b,c" };

    private static readonly Option<string?> Positive = new("--positive") { Description = "The positive class; by default 1, true or yes if exactly one of them occurs.", HelpName = "V" };

    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive class is predicted from this score on, inclusive; 0.5 by default.", "T");

    private static readonly Option<string?> Task = new("--task") { Description = "The kind of task; seen from the columns by default.", HelpName = "binary|multiclass|regression" };

    private static readonly Option<string?> Weight = new("--weight") { Description = "The column with the rows' weights.", HelpName = "W" };

    private static readonly Option<int> Bins = new("--bins") { Description = "The number of calibration bins.", DefaultValueFactory = _ => 10 };

    private static readonly Option<string> Ece = new("--ece") { Description = "How calibration bins are cut.", DefaultValueFactory = _ => "uniform" };

    private static readonly Option<string?> Fold = new("--fold") { Description = "A column of folds: metrics for each.", HelpName = "COLUMN" };

    private static readonly Option<int?> Folds = new("--folds") { Description = "Not available yet.", HelpName = "K" };

    private static readonly Option<string?> Group = new("--group") { Description = "A column of groups: metrics for each.", HelpName = "A" };

    private static readonly Option<string?> Cost = new("--cost") { Description = "What wrong decisions cost; the metric 'cost' is the mean of a row.", HelpName = "fp=,fn=" };

    private static readonly Option<double> Level = NumberOption.WithDefault("--level", "The confidence level of intervals.", 0.95);

    static PerformanceCommand()
    {
        Task.AcceptOnlyFromAmong("binary", "multiclass", "regression");
        Ece.AcceptOnlyFromAmong("uniform", "quantile");
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error) => GovernanceCommand.Create(
        "performance", "Measure how well predictions agree with what happened.", output, error, RunAsync,
        Data, Label, Prediction, Score, Classes, Positive, Threshold, Task, Weight, Bins, Ece, Fold, Folds, Group, Cost, Level);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        if (arguments.GetValue(Folds) is not null)
        {
            throw new InputException("--folds is not available yet; --fold COLUMN takes folds that are in the data.");
        }

        if (arguments.GetValue(Prediction) is not null && arguments.GetValue(Threshold) is not null)
        {
            throw new InputException("Give --prediction, or --score with --threshold, but not a threshold for predictions that are there.");
        }

        PerformanceOptions options = new()
        {
            Label = arguments.GetValue(Label)!,
            Prediction = arguments.GetValue(Prediction),
            Scores = DataFile.Names(arguments.GetValue(Score)),
            Classes = DataFile.Names(arguments.GetValue(Classes)),
            Positive = arguments.GetValue(Positive),
            Threshold = arguments.GetValue(Threshold),
            Task = arguments.GetValue(Task) switch
            {
                "binary" => PerformanceTask.Binary,
                "multiclass" => PerformanceTask.Multiclass,
                "regression" => PerformanceTask.Regression,
                _ => null,
            },
            Weight = arguments.GetValue(Weight),
            Bins = arguments.GetValue(Bins),
            Binning = arguments.GetValue(Ece) == "quantile" ? Binning.Quantile : Binning.Uniform,
            Fold = arguments.GetValue(Fold),
            Group = arguments.GetValue(Group),
            Level = arguments.GetValue(Level),
            Costs = Costs(arguments.GetValue(Cost)),
        };
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        PerformanceReport report = await System.Threading.Tasks.Task.Run(
            () => MeasurePerformance.Run(table, options, context.Warn, cancellationToken), cancellationToken);
        PerformanceTables.Write(context.People, report, options.Level);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static DecisionCosts? Costs(string? words)
    {
        if (words is null)
        {
            return null;
        }

        double[] costs = [double.NaN, double.NaN];
        foreach (string word in DataFile.Names(words))
        {
            int kind = word.StartsWith("fp=", StringComparison.Ordinal) ? 0 : word.StartsWith("fn=", StringComparison.Ordinal) ? 1 : -1;
            if (kind < 0 || !double.TryParse(word[3..], NumberStyles.Float, CultureInfo.InvariantCulture, out costs[kind]))
            {
                throw new InputException($"--cost takes fp=NUMBER,fn=NUMBER, not '{words}'.");
            }
        }

        return costs.Any(cost => !double.IsFinite(cost) || cost < 0)
            ? throw new InputException("--cost takes both fp= and fn=, each a number of at least 0.")
            : new DecisionCosts(costs[0], costs[1]);
    }
}
