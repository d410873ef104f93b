using System.Text.RegularExpressions;
using Governance.Tests;

namespace Governance.Portal.Tests.Privacy;

/// <summary>The places of the portal that hold rows in memory. A new one fails here until somebody says how its rows are masked.</summary>
public sealed partial class MaskedPlacesTests
{
    // What each does with the rows that it reads. Commands on a person's own files are not here: the files are theirs.
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["Features/Cases/CaseModels.cs"] = "reference rows of explanations, to compute with; no cell of them is shown",
        ["Features/Cases/CasePage.razor.cs"] = "masked columns are locked by RowMask and left out of distances; cells by RowView, and each look is written down",
        ["Features/Comparisons/ReadComparedPictures.cs"] = "the names of columns alone, where a version has no encoding; no cell is read out",
        ["Features/Comparisons/CompareVersions.cs"] = "aggregates; groups by ShownGroups, conditions by ComparedCohort",
        ["Features/Audits/SpecSources.cs"] = "the command line's own files",
        ["Features/CrossValidation/CrossValidatePage.razor.cs"] = "metrics over all rows",
        ["Features/Cohorts/ScoredVersions.cs"] = "kept in the clear; ReadCohort refuses conditions on masked columns and parts by ShowCohorts",
        ["Features/Counterfactuals/CaseChoice.cs"] = "row number and the model's answer, no cell",
        ["Features/Counterfactuals/CounterfactualsPage.razor.cs"] = "masked columns are locked by RowMask, so no change names them",
        ["Features/Datasets/DatasetProfiles.cs"] = "counts of cells and duplicates, no cell",
        ["Features/Explanations/KeptTables.cs"] = "kept in the clear; ReadRows makes RowView of them by RowMask, and writes each look down",
        ["Features/Monitoring/CompareWindow.cs"] = "counts of bins and of levels of at least ten rows; protected and personal columns are left out",
        ["Features/Monitoring/MonitoringEndpoints.cs"] = "readings by ShowReadings",
        ["Features/Monitoring/ReadMonitoring.cs"] = "readings by ShowReadings",
        ["Features/MonitorPlans/MonitorEndpoints.cs"] = "readings by ShowReadings; the track record is of metrics over all rows",
        ["Features/Mitigations/VersionRows.cs"] = "thresholds and rates by group, no row",
        ["Features/Privacy/MaskedFindings.cs"] = "rows of cohorts, to compare their sets; no cell",
        ["Features/Profiles/ComputedIsland.cs"] = "takes the rows of a cohort that ReadCohort allows; parts of them by ShowCohorts",
        ["Features/Profiles/EffectRequest.cs"] = "averages; curves and ticks of single rows not along masked columns",
        ["Features/Profiles/ImportanceRun.razor.cs"] = "losses over all rows; likeness and interaction name no column that RowMask hides",
        ["Features/Profiles/LoadedVersion.cs"] = "hands the tables to the places here",
        ["Features/Robustness/RobustnessRun.razor.cs"] = "rates over all rows",
        ["Features/SignOffs/ReadCases.cs"] = "RowView by RowMask; each look is written down",
        ["Features/SignOffs/ReadServedLatency.cs"] = "quantiles of latency, no cell",
        ["Features/Fairness/FlipsRun.razor.cs"] = "shares by group; none where a group has few rows, by SuppressTable",
        ["Features/Slices/ErrorMapRun.razor.cs"] = "cells by SuppressTable and ShowCohorts",
        ["Features/Slices/ErrorTreeRun.razor.cs"] = "the tree as a whole or not at all, by ShowCohorts",
        ["Features/Slices/SlicesRun.razor.cs"] = "slices by ShowCohorts",
        ["Features/Traffic/WindowTable.razor.cs"] = "counts of a window; masked columns left out by RowMask, levels of fewer than ten rows not named",
        ["Features/WhatIf/WhatIfRows.cs"] = "one row by RowMask; each look is written down",
    };

    [Fact]
    public void Every_place_that_reads_rows_is_known_with_what_masks_them()
    {
        string root = Path.Combine(Reference.Repository, "src", "Portal");
        string[] reading = [.. Directory.EnumerateFiles(Path.Combine(root, "Features"), "*.*", SearchOption.AllDirectories)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal))
            .Where(path => !path.EndsWith("Command.cs", StringComparison.Ordinal) && ReadsRows().IsMatch(File.ReadAllText(path)))
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))];

        Assert.NotEmpty(reading);
        Assert.All(reading, place => Assert.True(Places.ContainsKey(place), $"{place} reads rows: say here how they are masked."));
    }

    [GeneratedRegex(@"ReadDataset\.Run|Evaluation\.Table|Background\.Table|\.TableAsync\(|\.WindowAsync\(|MonitorReadingQueries|\.SpanAsync\(")]
    private static partial Regex ReadsRows();
}
