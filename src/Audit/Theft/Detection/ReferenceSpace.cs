namespace Governance.Audit.Theft.Detection;

/// <summary>Reference rows on their own scale.</summary>
/// <param name="Whitening">The scale.</param>
/// <param name="Neighbours">Shape [rows, size]: whitened rows, at least 3.</param>
internal sealed record ReferenceSpace(Whitening Whitening, float[] Neighbours)
{
    private readonly float[] columns = NearestRows.Columns(Neighbours, Whitening.Size);

    /// <summary>How far a row lies from the reference: the mean distance to the 3 nearest rows.</summary>
    /// <param name="row">Shape [size]: whitened.</param>
    public double Distance(ReadOnlySpan<float> row) => NearestRows.MeanOfThree(row, columns);

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        Whitening.Write(writer);
        writer.WriteAll(Neighbours);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ReferenceSpace Read(BinaryReader reader) => new(Whitening.Read(reader), reader.ReadFloats());
}
