using System.CommandLine;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Performance;

/// <summary>The flags that say how performance is measured, for every command that measures it.</summary>
internal static class PerformanceFlags
{
    public static readonly Option<string?> Positive = new("--positive") { Description = "The positive class; by default 1, true or yes if exactly one of them occurs.", HelpName = "V" };
    public static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive class is predicted from this score on, inclusive; 0.5 by default.", "T");
    public static readonly Option<string?> Task = new("--task") { Description = "The kind of task; seen from the columns by default.", HelpName = "binary|multiclass|regression" };
    public static readonly Option<string?> Weight = new("--weight") { Description = "The column with the rows' weights.", HelpName = "W" };
    public static readonly Option<int> Bins = new("--bins") { Description = "The number of calibration bins.", DefaultValueFactory = _ => 10 };
    public static readonly Option<string> Ece = new("--ece") { Description = "How calibration bins are cut.", DefaultValueFactory = _ => "uniform" };
    public static readonly Option<string> Edges = new("--edges") { Description = "Which calibration bin a score on an edge belongs to.", DefaultValueFactory = _ => "above" };
    public static readonly Option<string?> Cost = new("--cost") { Description = "What wrong decisions cost; the metric 'cost' is the mean of a row.", HelpName = "fp=,fn=" };
    public static readonly Option<double?> Beta = NumberOption.Optional("--beta", "Adds F-beta, in which recall counts so many times more than precision.", "B");
    public static readonly Option<double> Top = NumberOption.WithDefault("--top", "The share of highest scores that 'lift' and 'caught' look at.", 0.1);
    public static readonly Option<int?> TopClasses = new("--top-classes") { Description = "Several classes: adds how often the true class is among so many of the highest scores.", HelpName = "K" };
    public static readonly Option<double?> Quantile = NumberOption.Optional("--quantile", "Regression: the quantile that the predictions are of; adds the pinball loss.", "Q");
    public static readonly Option<string?> Lower = new("--lower") { Description = "Regression: the column with the lower end of a prediction interval.", HelpName = "L" };
    public static readonly Option<string?> Upper = new("--upper") { Description = "Regression: the column with its upper end.", HelpName = "U" };
    public static readonly Option<double?> Coverage = NumberOption.Optional("--coverage", "Regression: the share of true values that the intervals claim to hold; adds the interval score.", "C");
    public static readonly Option<double> Level = NumberOption.WithDefault("--level", "The confidence level of intervals.", 0.95);
    public static readonly Option<string> Interval = new("--interval") { Description = "Where intervals come from.", DefaultValueFactory = _ => "analytic" };
    public static readonly Option<int> Bootstrap = new("--bootstrap") { Description = "How often rows are drawn anew for bootstrap intervals.", DefaultValueFactory = _ => 1_000, HelpName = "N" };

    static PerformanceFlags()
    {
        Task.AcceptOnlyFromAmong("binary", "multiclass", "regression");
        Ece.AcceptOnlyFromAmong("uniform", "quantile");
        Edges.AcceptOnlyFromAmong("above", "below");
        Interval.AcceptOnlyFromAmong("analytic", "bootstrap", "bca");
    }

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Symbol> All =>
        [Positive, Threshold, Task, Weight, Bins, Ece, Edges, Cost, Beta, Top, TopClasses, Quantile, Lower, Upper, Coverage, Level, Interval, Bootstrap];

    /// <summary>Those of a command that gives intervals of its own.</summary>
    public static IEnumerable<Symbol> Without(params Option[] left) => All.Except(left);

    /// <summary>What <see cref="Level"/> asks for.</summary>
    /// <exception cref="InputException">It is no level.</exception>
    public static double LevelOf(CommandContext context) => context.Arguments.GetValue(Level) is > 0 and < 1 and double level
        ? level
        : throw new InputException("--level takes a number between 0 and 1.");

    /// <summary>What the flags ask for; of flags that the command has not, nothing.</summary>
    /// <param name="context">The run.</param>
    /// <param name="label">The column with the true outcome.</param>
    /// <exception cref="InputException">Flags contradict each other.</exception>
    public static PerformanceOptions Read(CommandContext context, string label)
    {
        ParseResult arguments = context.Arguments;
        (string? lower, string? upper) = (arguments.GetValue(Lower), arguments.GetValue(Upper));
        if ((lower is null) != (upper is null))
        {
            throw new InputException("A prediction interval has two ends: give both --lower and --upper.");
        }

        return new PerformanceOptions
        {
            Label = label,
            Positive = arguments.GetValue(Positive),
            Threshold = arguments.GetValue(Threshold),
            Task = arguments.GetValue(Task) is string task ? Enum.Parse<PerformanceTask>(task, ignoreCase: true) : null,
            Weight = arguments.GetValue(Weight),
            Bins = arguments.GetValue(Bins),
            Binning = Enum.Parse<Binning>(arguments.GetValue(Ece)!, ignoreCase: true),
            BinEdge = Enum.Parse<BinEdge>(arguments.GetValue(Edges)!, ignoreCase: true),
            Level = arguments.GetValue(Level),
            Costs = Costs(arguments.GetValue(Cost)),
            Beta = arguments.GetValue(Beta),
            TopShare = arguments.GetValue(Top),
            TopClasses = arguments.GetValue(TopClasses),
            Quantile = arguments.GetValue(Quantile),
            PredictionInterval = lower is null ? null : (lower, upper!),
            Coverage = arguments.GetValue(Coverage),
            Interval = Enum.Parse<IntervalMethod>(arguments.GetValue(Interval) ?? "analytic", ignoreCase: true),
            Resamples = arguments.GetResult(Bootstrap) is null ? 1_000 : arguments.GetValue(Bootstrap),
            Seed = context.Seed,
            Threads = context.Threads,
        };
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
