namespace Governance.Audit.Robustness;

/// <summary>What the cells of a column are to the model.</summary>
internal enum ColumnRole
{
    /// <summary>Numbers on a scale.</summary>
    Number,

    /// <summary>Levels without distance.</summary>
    Level,

    /// <summary>Part of a picture or another tensor: numbers that share one scale.</summary>
    Pixel,

    /// <summary>Words by number or text, in a row of them.</summary>
    Token,
}
