using Governance.Audit.Runs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.Equivalence;

/// <summary>What a battery of a registered variant is asked for, and how its evidence is known again.</summary>
internal static class BatteryRequest
{
    /// <summary>How the title of every battery begins.</summary>
    public const string TitleStart = "Equivalence of ";

    /// <summary>Whether evidence is a battery.</summary>
    public static bool Is(EvidenceRecord record) => record.Title.StartsWith(TitleStart, StringComparison.Ordinal);

    /// <summary>The options: nothing that would make the battery easier can be chosen but the data.</summary>
    /// <param name="view">The variant.</param>
    /// <param name="standing">What it could inherit.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="evaluation">The rows.</param>
    /// <param name="background">Rows that stand for unknown features.</param>
    /// <remarks>The seed is always 0: whoever could choose one could try until a battery passes.</remarks>
    public static AuditOptions Of(VersionView view, Inheritance? standing, ParentView parent, Dataset evaluation, string background)
    {
        string label = Label(parent);
        string title = $"{TitleStart}{view.Name} with {label}";
        string[] asked = [.. evaluation.Of(ColumnRole.Protected).Select(column => column.Name), .. standing?.Parent?.Protected ?? new HashSet<string>()];
        return EquivalenceDefaults.Of(title.Length <= AuditRun.MaxTitleLength ? title : title[..AuditRun.MaxTitleLength], label, evaluation.Name, background) with
        {
            Protected = [.. asked.Distinct(StringComparer.Ordinal).Where(name => evaluation.Columns.Any(column => column.Name == name))],
            Seed = 0,
        };
    }

    /// <summary>A parent as runs name it, such as "credit/2".</summary>
    public static string Label(ParentView parent) => $"{parent.Model}/{parent.Number}";
}
