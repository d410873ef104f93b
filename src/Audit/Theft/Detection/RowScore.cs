namespace Governance.Audit.Theft.Detection;

/// <summary>What is measured of a row alone; higher is stranger.</summary>
internal enum RowScore
{
    /// <summary>The mean distance to the 3 nearest reference rows.</summary>
    Distance,

    /// <summary>The negative margin.</summary>
    Boundary,

    /// <summary>The log-odds of having been drawn column by column.</summary>
    Scrambled,

    /// <summary>The log-odds of having had some cells exchanged.</summary>
    Patched,
}
