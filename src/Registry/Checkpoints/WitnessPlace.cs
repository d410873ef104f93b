using System.Globalization;
using System.Net;
using System.Text;
using Governance.Registry.Keys;

namespace Governance.Registry.Checkpoints;

/// <summary>A witness as a place: the checkpoint goes there with the proof that the log only grew. Source: C2SP tlog-witness.</summary>
/// <remarks>Sent to the configured address alone, without redirects; the answer is read up to 64 KiB.</remarks>
internal sealed class WitnessPlace(WitnessAddress witness, LedgerProofs proofs, HttpClient http) : ICheckpointPlace
{
    private long known;

    /// <inheritdoc/>
    public string Name => "witness " + witness.Url;

    /// <inheritdoc/>
    public bool WantsAll => false;

    /// <inheritdoc/>
    public TimeSpan Pause => TimeSpan.Zero;

    /// <inheritdoc/>
    public async Task<string?> KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            (HttpStatusCode status, string body) = await SendAsync(checkpoint, cancellationToken);
            if (status == HttpStatusCode.Conflict && TreeHead.ReadSize(body.TrimEnd('\n')) is long last)
            {
                if (last > checkpoint.Size)
                {
                    throw new CopyFaultException($"The witness has seen a checkpoint over {last} entries, more than the ledger had: the end of the ledger is gone.");
                }

                known = last;
                (status, body) = await SendAsync(checkpoint, cancellationToken);
            }

            if (status == HttpStatusCode.UnprocessableEntity)
            {
                throw new CopyFaultException("The witness refuses the checkpoint: it contradicts the one that it has seen before.");
            }

            if (status != HttpStatusCode.OK)
            {
                throw new CopyFaultException($"The witness answered {(int)status}{(status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound ? ": it does not know this ledger's key" : "")}.");
            }

            CheckReceipt(checkpoint, body);
            known = checkpoint.Size;
            return body;
        }
        catch (Exception fault) when (fault is HttpRequestException or FormatException
            || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CopyFaultException($"The witness cannot be reached: {fault.Message}", fault);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ConsistencyProof proof = await proofs.ConsistencyAsync(known, checkpoint.Size, cancellationToken);
        StringBuilder body = new();
        body.Append(CultureInfo.InvariantCulture, $"old {known}\n");
        foreach (byte[] hash in proof.Path)
        {
            body.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        body.Append('\n').Append(checkpoint.Note);
        using StringContent content = new(body.ToString(), Encoding.UTF8, "text/plain");
        using HttpResponseMessage response = await http.PostAsync(new Uri(witness.Url.AbsoluteUri.TrimEnd('/') + "/add-checkpoint"), content, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    // Without a key of the witness its word is kept, but proves nothing to others.
    private void CheckReceipt(SignedCheckpoint checkpoint, string lines)
    {
        IReadOnlyList<NoteSignature> signatures = SignedNote.ReadLines(lines);
        if (witness.Pem is string pem)
        {
            SignedNote note = new(SignedNote.Parse(checkpoint.Note).Text, signatures);
            if (!signatures.Any(line => note.Signers(line.Name, [InstallationKey.Read(pem)]) is { Count: > 0 }))
            {
                throw new CopyFaultException("The answer of the witness is not signed by the key that is configured for it.");
            }
        }
    }
}
