#!/usr/bin/env python3
"""Makes the demo's sample of chain transactions (src/AuditIntel.Cli/Demo/Sample/chain).

Facts of real Ethereum transactions (numbers, hashes, addresses) of some accounts between August 2017 and March 2018,
and between them invented incidents of five kinds, whose accounts are flagged like those that were really reported.
The same input gives the same sample.

    infra/dev/demo-transactions.py ../shared/data/chain src/AuditIntel.Cli/Demo/Sample/chain
"""
import csv
import datetime
import gzip
import hashlib
import io
import os
import random
import sys

FIRST = int(datetime.datetime(2017, 8, 1, tzinfo=datetime.timezone.utc).timestamp())
LAST = int(datetime.datetime(2018, 4, 1, tzinfo=datetime.timezone.utc).timestamp())
MONTHS, ORDINARY_A_MONTH, FLAGGED_A_MONTH, INCIDENTS, MOST_OF_AN_ACCOUNT = 8, 36, 8, 72, 12
ETHER = 10**18
GWEI = 10**9


def invented(*parts, length):
    return '0x' + hashlib.sha256(('auditintel demo ' + ' '.join(map(str, parts))).encode()).hexdigest()[:length]


def chosen(source):
    with open(os.path.join(source, 'labels', 'account-flags.csv'), newline='') as file:
        flags = {row['address']: row['flag'] == '1' for row in csv.DictReader(file)}
    accounts = {}
    with gzip.open(os.path.join(source, 'transactions', 'ethereum-accounts.csv.gz'), 'rt', newline='') as file:
        reader = csv.DictReader(file)
        columns = reader.fieldnames
        for row in reader:
            accounts.setdefault(row['accountId'], []).append(row)
    rows, kept = [], {}
    # As many of each month: most of the real ones begin early, and a model could learn the calendar.
    wanted = {(flag, month): most for flag, most in ((True, FLAGGED_A_MONTH), (False, ORDINARY_A_MONTH)) for month in range(MONTHS)}
    for account in sorted(accounts, key=lambda each: hashlib.sha256(each.encode()).digest()):
        flag = flags[account]
        own = [row for row in accounts[account] if FIRST <= int(row['timeStamp']) < LAST]
        if len(own) < 5:
            continue
        place = flag, (int(own[0]['timeStamp']) - FIRST) * MONTHS // (LAST - FIRST)
        if wanted[place] == 0:
            continue
        wanted[place] -= 1
        kept[account] = flag
        rows += own[:MOST_OF_AN_ACCOUNT]
    return columns, rows, kept


class Incident:
    """Builds rows of one invented incident."""

    def __init__(self, number, start, rows, columns):
        self.random = random.Random(number)
        self.number, self.time, self.rows, self.columns = number, start, rows, columns
        self.count, self.nonces = 0, {}
        self.attacker = invented('attacker', number, length=40)

    def stranger(self, name):
        return invented('stranger', self.number, name, length=40)

    def send(self, sender, to, wei, after, gas_used=21000, price=20, input_hex='0x', input_bytes=0, error=False, created=''):
        self.time += after
        self.count += 1
        nonce = self.nonces.get(sender, 0)
        self.nonces[sender] = nonce + 1
        row = dict.fromkeys(self.columns, '')
        row.update({
            'blockNumber': str(4090000 + (self.time - FIRST) // 15), 'timeStamp': str(self.time),
            'hash': invented('transaction', self.number, self.count, length=64), 'nonce': str(nonce),
            'transactionIndex': str(self.random.randrange(120)), 'from': sender, 'to': to, 'value': str(wei),
            'gas': str(max(21000, gas_used * 3 // 2)), 'gasPrice': str(price * GWEI), 'gasUsed': str(gas_used),
            'isError': '1' if error else '0', 'contractAddress': created, 'inputBytes': str(input_bytes),
            'input': input_hex, 'functionName': '', 'accountId': self.attacker})
        self.rows.append(row)

    def exploit(self):
        """A new account deploys a contract, calls it at a high price, and takes the loot away."""
        contract = invented('contract', self.number, length=40)
        self.send(self.attacker, '', 0, 0, 1900000, 60, '0x6080604052', 5200, created=contract)
        for _ in range(self.random.randint(2, 5)):
            self.send(self.attacker, contract, 0, self.random.randint(15, 60), self.random.randint(900000, 2500000), self.random.randint(90, 200), '0x5d2e3bcf', 4, self.random.random() < .4)
        for part in range(self.random.randint(4, 8)):
            self.send(self.attacker, self.stranger(part), self.random.randint(80, 400) * ETHER, self.random.randint(20, 90), price=self.random.randint(60, 120))

    def dusting(self):
        """Tiny amounts to many addresses within minutes."""
        for part in range(self.random.randint(14, 22)):
            self.send(self.attacker, self.stranger(part), self.random.randint(1, 900) * GWEI, self.random.randint(2, 9), price=4)

    def collecting(self):
        """Round amounts from strangers within hours, then everything away."""
        total = 0
        for part in range(self.random.randint(9, 15)):
            amount = self.random.choice([1, 2, 5, 10, 20, 50]) * ETHER // 10
            total += amount
            self.send(self.stranger(part), self.attacker, amount, self.random.randint(60, 1500), price=self.random.randint(20, 60))
        self.send(self.attacker, self.stranger('cash'), total * 99 // 100, 600)

    def circle(self):
        """The same amount to and fro between two accounts."""
        other, amount = self.stranger('other'), self.random.randint(5, 40) * ETHER
        for turn in range(self.random.randint(12, 18)):
            one, two = (self.attacker, other) if turn % 2 == 0 else (other, self.attacker)
            self.send(one, two, amount, self.random.randint(30, 120))

    def hammering(self):
        """Failing calls of one contract at rising prices."""
        victim = self.stranger('victim')
        for turn in range(self.random.randint(10, 16)):
            self.send(self.attacker, victim, 0, self.random.randint(10, 40), 300000, 50 + 25 * turn, '0x2e1a7d4d', 36, turn % 5 != 4)


def main(source, target):
    columns, rows, flags = chosen(source)
    kinds = [Incident.exploit, Incident.dusting, Incident.collecting, Incident.circle, Incident.hammering]
    for number in range(INCIDENTS):
        incident = Incident(number, FIRST + (LAST - FIRST) * (number + 1) // (INCIDENTS + 2), rows, columns)
        kinds[number % len(kinds)](incident)
        flags[incident.attacker] = True
    unique = {row['hash']: row for row in reversed(rows)}
    ordered = sorted(unique.values(), key=lambda row: (int(row['timeStamp']), int(row['blockNumber']), int(row['transactionIndex']), int(row['nonce']), row['hash']))
    os.makedirs(os.path.join(target, 'transactions'), exist_ok=True)
    os.makedirs(os.path.join(target, 'labels'), exist_ok=True)
    text = io.StringIO(newline='')
    writer = csv.DictWriter(text, columns, lineterminator='\n')
    writer.writeheader()
    writer.writerows(ordered)
    with open(os.path.join(target, 'transactions', 'sample.csv.gz'), 'wb') as file:
        with gzip.GzipFile(fileobj=file, mode='wb', compresslevel=9, mtime=0, filename='') as packed:
            packed.write(text.getvalue().encode())
    with open(os.path.join(target, 'labels', 'account-flags.csv'), 'w', newline='') as file:
        file.write('address,flag\n' + ''.join(f'{account},{int(flag)}\n' for account, flag in sorted(flags.items())))
    print(f'{len(ordered)} transactions of {len(flags)} accounts, {sum(flags.values())} of them flagged.')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit('Say: demo-transactions.py SOURCE TARGET')
    main(sys.argv[1], sys.argv[2])
