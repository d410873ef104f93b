using System.CommandLine;

namespace Governance.Portal.CommandLine;

/// <summary>The flags that every command shares.</summary>
internal static class CommonOptions
{
    public static readonly Option<string?> Json = new("--json") { Description = "Write the result as JSON to a file, or to standard output with '-'.", HelpName = "FILE|-" };

    public static readonly Option<string> Provider = new("--provider") { Description = "Where the model runs.", DefaultValueFactory = _ => "auto" };

    public static readonly Option<int?> Threads = new("--threads") { Description = "The most threads; all cores by default. Results do not depend on it." };

    public static readonly Option<int> Seed = new("--seed") { Description = "The seed of everything sampled.", DefaultValueFactory = _ => 0 };

    public static readonly Option<string?> Encoding = new("--encoding") { Description = "How the columns of the data become the model's inputs: an encoding or a manifest.", HelpName = "FILE.json" };

    public static readonly Option<string?> Where = new("--where") { Description = "Only the rows of this cohort, such as \"afam = 'yes' and pirat < 0.4\".", HelpName = "COHORT" };

    public static readonly Option<double?> LimitSeconds = NumberOption.Optional("--limit-seconds", "Stop with an error after this time.", "S");

    public static readonly Option<bool> Quiet = new("--quiet") { Description = "No table for people." };

    static CommonOptions() => Provider.AcceptOnlyFromAmong("auto", "cpu", "cuda");

    /// <summary>Adds all of them to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Json, Provider, Threads, Seed, Encoding, Where, LimitSeconds, Quiet])
        {
            command.Options.Add(option);
        }
    }
}
