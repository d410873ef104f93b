using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Fairness;

/// <summary><c>governance fairness F --label Y (--prediction P | --score S --threshold T) --protected A,B</c>.</summary>
internal static class FairnessCommand
{
    private static readonly Argument<string> Data = new("F") { Description = "Labelled predictions, as CSV with a header." };

    private static readonly Option<string> Label = new("--label") { Description = "The column with the true outcome.", HelpName = "Y", Required = true };

    private static readonly Option<string?> Prediction = new("--prediction") { Description = "The column with the predicted class.", HelpName = "P" };

    private static readonly Option<string?> Score = new("--score") { Description = "The column with the score of the positive class.", HelpName = "S" };

    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive class is predicted from this score on, inclusive.", "T");

    private static readonly Option<string?> Positive = new("--positive") { Description = "The class that TPR, FPR, PPV and scores refer to; by default 1, true or yes if exactly one of them occurs.", HelpName = "V" };

    private static readonly Option<string?> Favourable = new("--favourable") { Description = "The outcome that a person wants, which selection rates count; by default the positive class.", HelpName = "V" };

    private static readonly Option<string> Protected = new("--protected") { Description = "The protected columns, separated by commas.", HelpName = "A,B", Required = true };

    private static readonly Option<bool> Intersections = new("--intersections") { Description = "Measure every combination of the protected columns as well." };

    private static readonly Option<string[]> ReferenceGroup = new("--reference-group") { Description = "The group that the others of a column are compared with, once a column; without it each pair is compared.", HelpName = "A=v", DefaultValueFactory = _ => [] };

    private static readonly Option<string?> Control = new("--control") { Description = "Not available yet." };

    private static readonly Option<string?> Weight = new("--weight") { Description = "The column with the rows' weights.", HelpName = "W" };

    private static readonly Option<string> Task = OneOf("--task", "The kind of task; binary only, as yet.", "binary", "multiclass", "regression");

    private static readonly Option<string> RelativeTo = OneOf("--relative-to", "What summaries compare: the extreme groups, or each group and all rows.", "groups", "overall");

    private static readonly Option<string> Interval = OneOf("--interval", "How intervals are made; wilson only, as yet.", "wilson", "bootstrap", "bca");

    private static readonly Option<int?> Bootstrap = new("--bootstrap") { Description = "Not available yet.", HelpName = "N" };

    private static readonly Option<double> Level = NumberOption.WithDefault("--level", "The confidence level of intervals.", 0.95);

    private static readonly Option<string> Correction = OneOf("--correction", "How p values are adjusted among the comparisons of one metric between the groups of one attribute.", "holm", "bh", "none");

    private static readonly Option<int> MinGroup = new("--min-group") { Description = "Groups of fewer rows are inconclusive: named in a warning, and left out of the second summary.", DefaultValueFactory = _ => 30 };

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error) => GovernanceCommand.Create(
        "fairness", "Measure how decisions treat groups.", output, error, RunAsync,
        Data, Label, Prediction, Score, Threshold, Positive, Favourable, Protected, Intersections, ReferenceGroup, Control, Weight,
        Task, RelativeTo, Interval, Bootstrap, Level, Correction, MinGroup);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        RefuseWhatIsNotBuilt(arguments);
        DecisionColumns columns = new()
        {
            Label = arguments.GetValue(Label)!,
            Prediction = arguments.GetValue(Prediction),
            Score = arguments.GetValue(Score),
            Threshold = arguments.GetValue(Threshold),
            Weight = arguments.GetValue(Weight),
            Positive = arguments.GetValue(Positive),
            Favourable = arguments.GetValue(Favourable),
        };
        if (columns is { Prediction: not null, Threshold: not null })
        {
            throw new InputException("Give --prediction, or --score with --threshold, but not a threshold for predictions that are there.");
        }

        FairnessOptions options = new()
        {
            Protected = DataFile.Names(arguments.GetValue(Protected)),
            Intersections = arguments.GetValue(Intersections),
            ReferenceGroups = ReferenceGroups(arguments.GetValue(ReferenceGroup)!),
            Level = arguments.GetValue(Level),
            MinGroup = arguments.GetValue(MinGroup),
            RelativeTo = arguments.GetValue(RelativeTo) == "overall" ? Comparison.Overall : Comparison.Groups,
            Correction = arguments.GetValue(Correction) switch
            {
                "holm" => Audit.Fairness.Correction.Holm,
                "bh" => Audit.Fairness.Correction.BenjaminiHochberg,
                _ => Audit.Fairness.Correction.None,
            },
        };
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        FairnessReport report = await System.Threading.Tasks.Task.Run(
            () => MeasureFairness.Run(table, columns, options, context.Warn, cancellationToken), cancellationToken);
        FairnessTables.Write(context.People, report, options);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static void RefuseWhatIsNotBuilt(ParseResult arguments)
    {
        if (arguments.GetValue(Control) is not null)
        {
            throw new InputException("--control is not available yet; measure one level at a time with --where.");
        }

        if (arguments.GetValue(Task) != "binary")
        {
            throw new InputException("--task multiclass and regression are not available yet for fairness; name one class with --positive.");
        }

        if (arguments.GetValue(Interval) != "wilson" || arguments.GetValue(Bootstrap) is not null)
        {
            throw new InputException("Bootstrap intervals are not available yet; --interval wilson is.");
        }
    }

    private static Dictionary<string, string> ReferenceGroups(string[] words)
    {
        Dictionary<string, string> groups = new(StringComparer.Ordinal);
        foreach (string word in words)
        {
            int sign = word.IndexOf('=');
            if (sign <= 0)
            {
                throw new InputException($"--reference-group takes COLUMN=VALUE, not '{word}'.");
            }

            if (!groups.TryAdd(word[..sign], word[(sign + 1)..]))
            {
                throw new InputException($"--reference-group names '{word[..sign]}' twice.");
            }
        }

        return groups;
    }

    private static Option<string> OneOf(string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
