using Governance.Audit.Findings;
using Governance.Registry.Privacy;

namespace Governance.Portal.Features.Privacy;

/// <summary>Privacy in plain words. Pure.</summary>
internal static class PrivacyWords
{
    /// <summary>What was looked at.</summary>
    public static string Of(ReadKind kind) => kind switch
    {
        ReadKind.Explanation => "explanation",
        ReadKind.Counterfactual => "counterfactual",
        ReadKind.WhatIf => "what-if",
        ReadKind.Prediction => "prediction",
        ReadKind.Evidence => "evidence",
        _ => "one person's rows",
    };

    /// <summary>By which way.</summary>
    public static string Of(ReadPurpose purpose) => purpose switch
    {
        ReadPurpose.Page => "on a page",
        ReadPurpose.Api => "by a program",
        _ => "as a file",
    };

    /// <summary>What is wanted of a person's rows.</summary>
    public static string Of(SubjectRequestKind kind) => kind == SubjectRequestKind.Export ? "export" : "erase";

    /// <summary>The headline of the log: who looked most on the latest day.</summary>
    public static string Days(IReadOnlyList<DayOfReads> days)
    {
        DayOfReads most = days[0];
        return $"{most.Person} looked at {Rows(most.Rows)} on {most.Day.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture)}, more than anybody else that day";
    }

    /// <summary>A number of rows.</summary>
    public static string Rows(long rows) => rows == 1 ? "1 row" : $"{PlainNumbers.Count(rows)} rows";

    /// <summary>What was found of a person.</summary>
    public static string Found(int datasets, long rows, int searched) => rows == 0
        ? $"No row of this person in {(searched == 1 ? "1 data set" : $"{searched} data sets")}"
        : $"{Rows(rows)} of this person in {datasets} of {(searched == 1 ? "1 data set" : $"{searched} data sets")}";
}
