namespace Governance.Audit.Quarantine.Scanning;

/// <summary>A tensor of the file: its dimensions and what its data fields hold, without the data.</summary>
internal sealed class ScannedTensor
{
    public string Name { get; set; } = "";

    public IntegerList Dims { get; } = new();

    /// <summary>The number of the element type.</summary>
    public int Type { get; set; }

    /// <summary>Where the raw data lies; null for none.</summary>
    public Extent? Raw { get; set; }

    /// <summary>Floats of the field for them.</summary>
    public FloatCensus Floats { get; } = new();

    /// <summary>Doubles of the field for them.</summary>
    public FloatCensus Doubles { get; } = new();

    /// <summary>Whole numbers of up to 32 bits, and everything stored as such; null for none.</summary>
    public IntegerList? Narrow { get; set; }

    /// <summary>Whole numbers of 64 bits; null for none.</summary>
    public IntegerList? Wide { get; set; }

    /// <summary>Unsigned whole numbers of up to 64 bits; null for none.</summary>
    public IntegerList? Unsigned { get; set; }

    public long Texts { get; set; }

    /// <summary>Whether its data lies outside the file, or says so.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether its data is a segment of a larger one, which no runtime reads.</summary>
    public bool IsSegment { get; set; }

    /// <summary>The product of the dimensions, exact up to 2^53; 1 for none. Of dimensions that have been checked.</summary>
    public double Elements => Dims.Product;
}

/// <summary>A sparse tensor of the file.</summary>
internal sealed class ScannedSparse
{
    public ScannedTensor Values { get; set; } = new();

    public ScannedTensor Indices { get; set; } = new();

    public IntegerList Dims { get; } = new();
}
